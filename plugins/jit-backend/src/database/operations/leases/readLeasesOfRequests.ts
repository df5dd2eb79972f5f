import { LeaseRecord } from '../../../leases/records';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';

/** @returns the leases of requests, in the order they were asked for, the parts of a bundle in theirs */
export async function readLeasesOfRequests(
  { knex }: Ledger,
  options: { requestIds: string[] },
): Promise<LeaseRecord[]> {
  const rows: Row[] = await knex(TABLES.leases)
    .whereIn('request_id', options.requestIds)
    .orderBy(['requested_at', 'id']);
  const leases = rows.map(row => fromRow(leaseColumns, row));
  // The order of the others stays.
  return leases.sort((a, b) => (a.bundle?.part ?? 0) - (b.bundle?.part ?? 0));
}
