import { LeaseRecord } from '../../../leases/records';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';

/** @returns the leases of requests, in the order they were asked for */
export async function readLeasesOfRequests(
  { knex }: Ledger,
  options: { requestIds: string[] },
): Promise<LeaseRecord[]> {
  const rows: Row[] = await knex(TABLES.leases)
    .whereIn('request_id', options.requestIds)
    .orderBy(['requested_at', 'id']);
  return rows.map(row => fromRow(leaseColumns, row));
}
