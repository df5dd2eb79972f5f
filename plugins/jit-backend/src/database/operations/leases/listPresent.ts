import { Knex } from 'knex';
import { LeaseRecord } from '../../../leases/records';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { isInState } from '../../phases';
import { leaseColumns, TABLES } from '../../tables';
import { LeaseCriteria, whereMatches } from './whereMatches';

/** @returns the leases by which somebody is in on a target, or may still be; who came first comes first */
export async function listPresent(
  { knex }: Ledger,
  options: {
    entityRef: string;
    limit: number;
    /** Of these, those that a permission policy lets through; all when not given. */
    criteria?: LeaseCriteria;
  },
): Promise<LeaseRecord[]> {
  const { entityRef, limit, criteria } = options;
  const query: Knex.QueryBuilder = knex(TABLES.leases);
  const rows: Row[] = await (criteria
    ? whereMatches(knex, query, criteria)
    : query
  )
    .where('entity_ref', entityRef)
    .where(isInState(knex, ['active', 'revoking']))
    .whereNotNull('granted_at')
    // Nobody is in a last copy.
    .whereNull('kept_until')
    .orderBy(['requested_at', 'id'])
    .limit(limit);
  return rows.map(row => fromRow(leaseColumns, row));
}
