import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { LeaseRecord } from '../../../leases/records';
import { NewLease } from '../../../requests/placedRequest';
import { atOnce, Statement } from '../../atOnce';
import { bulkInsert } from '../../bulkInsert';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';
import { queueEntitlements } from '../engine/queueEntitlements';
import { eventInserts } from '../events/insertEvents';

/**
 * Writes a new lease with its first events, and puts its entitlement into the due-queue. Must run in the caller's transaction.
 *
 * A lease that waits for a decision has no entitlement in the queue: nothing is due for it.
 */
export async function insertLease(
  ledger: Ledger,
  lease: NewLease,
): Promise<void> {
  await atOnce(ledger.knex, leaseInserts(ledger, [lease]));
}

/** What writes the new leases of one request. */
export function leaseInserts(ledger: Ledger, leases: NewLease[]): Statement[] {
  const { knex, chain } = ledger;
  const written: LeaseRecord[] = [];
  const events: LeaseEventRecord[] = [];
  for (const each of leases) {
    const lease = { ...each.lease };
    events.push(...chain.append(lease, each.events, lease.requestedAt));
    written.push(
      isDue(lease) ? { ...lease, nextActionAt: lease.startsAt } : lease,
    );
  }
  return [
    ...queueEntitlements(
      ledger,
      leases
        .filter(({ lease }) => isDue(lease))
        .map(({ lease, entitlement }) => ({
          entitlement,
          dueAt: lease.startsAt,
        })),
    ),
    ...bulkInsert(knex, {
      table: TABLES.leases,
      columns: leaseColumns,
      records: written,
    }),
    ...eventInserts(ledger, events),
  ];
}

function isDue({ state }: LeaseRecord): boolean {
  return state === 'approved';
}
