import { LeaseRecord } from '../../../leases/records';
import { fromRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';

/** @returns undefined when there is no such lease */
export async function readLease(
  { knex }: Ledger,
  options: { id: string },
): Promise<LeaseRecord | undefined> {
  const row = await knex(TABLES.leases).where('id', options.id).first();
  return row && fromRow(leaseColumns, row);
}
