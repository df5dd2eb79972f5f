import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { eventColumns, TABLES } from '../../tables';

/** @returns the history of a lease, the oldest first, at most `limit` events after `after` */
export async function listLeaseEvents(
  { knex }: Ledger,
  options: { leaseId: string; after?: number; limit: number },
): Promise<LeaseEventRecord[]> {
  const rows: Row[] = await knex(TABLES.events)
    .where('lease_id', options.leaseId)
    .where('sequence', '>', options.after ?? 0)
    .orderBy('sequence')
    .limit(options.limit);
  return rows.map(row => fromRow(eventColumns, row));
}
