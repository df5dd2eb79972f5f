import { Knex } from 'knex';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';

/**
 * The entitlements of all parts of the bundles that some leases belong to. Which leases make up a bundle never changes, so this may be asked
 * before their locks are taken, to take them all in one order.
 *
 * @param options - the leases, or the entitlements whose unfinished leases count
 */
export async function entitlementsOfBundles(
  { knex }: Ledger,
  options: { leaseIds: string[] } | { entitlementIds: string[] },
): Promise<string[]> {
  const query = knex({ own: TABLES.leases })
    .join({ part: TABLES.leases }, 'part.request_id', 'own.request_id')
    .whereNotNull('own.bundle')
    .whereNotNull('part.bundle')
    .distinct({ id: 'part.entitlement_id' });
  if ('leaseIds' in options) {
    query.whereIn('own.id', options.leaseIds);
  } else {
    query
      .whereIn('own.entitlement_id', options.entitlementIds)
      .where(isUnfinishedRow(knex, 'own'));
  }
  const rows: Array<{ id: string }> = await query;
  return rows.map(row => row.id);
}

/** The column `bundled` of an entitlement's row: whether an unfinished lease on it belongs to a bundle. */
export function isBundled(
  knex: Knex,
  table: string = TABLES.entitlements,
): Knex.Raw {
  return knex.raw('exists ? as bundled', [
    knex({ own: TABLES.leases })
      .select(knex.raw('1'))
      .whereRaw('own.entitlement_id = ??.id', [table])
      .whereNotNull('own.bundle')
      .where(isUnfinishedRow(knex, 'own')),
  ]);
}
