import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { exportEvents } from './exportEvents';

/** An event with what its lease is about. */
export interface TrailRow {
  event: LeaseEventRecord;
  subject?: string;
  profileId?: string;
  entityRef?: string;
  reason?: string;
}

/** The same as `exportEvents`, for people to read. */
export async function* exportRows(
  ledger: Ledger,
  options: { from?: Instant; to?: Instant },
): AsyncGenerator<TrailRow[]> {
  for await (const events of exportEvents(ledger, options)) {
    const leases: Array<{ id: string } & Omit<TrailRow, 'event'>> = await ledger
      .knex(TABLES.leases)
      .whereIn('id', [...new Set(events.map(event => event.leaseId))])
      .select({
        id: 'id',
        subject: 'subject',
        profileId: 'profile_id',
        entityRef: 'entity_ref',
        reason: 'reason',
      });
    const byId = new Map(leases.map(({ id, ...lease }) => [id, lease]));
    yield events.map(event => ({ event, ...byId.get(event.leaseId) }));
  }
}
