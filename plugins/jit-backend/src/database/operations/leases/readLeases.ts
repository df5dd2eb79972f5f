import { LeaseRecord } from '../../../leases/records';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';

/** @returns those of the leases that there are, in no order */
export async function readLeases(
  { knex }: Ledger,
  options: { ids: string[] },
): Promise<LeaseRecord[]> {
  if (!options.ids.length) {
    return [];
  }
  const rows: Row[] = await knex(TABLES.leases).whereIn('id', options.ids);
  return rows.map(row => fromRow(leaseColumns, row));
}
