import { LeaseRecord } from '../../../leases/records';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { isInState } from '../../phases';
import { leaseColumns, TABLES } from '../../tables';

/** @returns the leases of infrastructure that is there, or may still be */
export async function listEnvironments({
  knex,
}: Ledger): Promise<LeaseRecord[]> {
  const rows: Row[] = await knex(TABLES.leases)
    .where('kind', 'infrastructure')
    .where(isInState(knex, ['active', 'revoking']))
    .whereNotNull('granted_at')
    // A last copy is none: nobody gets into it.
    .whereNull('kept_until')
    .orderBy('id');
  return rows.map(row => fromRow(leaseColumns, row));
}
