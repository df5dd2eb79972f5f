import { LeaseRecord } from '../../../leases/records';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';

/** @returns the leases by which somebody is in on a target, or may still be; who came first comes first */
export async function listPresent(
  { knex }: Ledger,
  options: { entityRef: string; limit: number },
): Promise<LeaseRecord[]> {
  const rows: Row[] = await knex(TABLES.leases)
    .where('entity_ref', options.entityRef)
    .whereIn('state', ['active', 'revoking'])
    .whereNotNull('granted_at')
    // Nobody is in a last copy.
    .whereNull('kept_until')
    .orderBy(['requested_at', 'id'])
    .limit(options.limit);
  return rows.map(row => fromRow(leaseColumns, row));
}
