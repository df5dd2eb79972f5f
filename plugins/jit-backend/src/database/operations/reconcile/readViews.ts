import { EntitlementView } from '../../../leases/records';
import { fromRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { entitlementColumns, leaseColumns, TABLES } from '../../tables';

const CHUNK = 500;

/** The entitlements of these external names that there still are, with their unfinished leases; without a lock, so only to look at. */
export async function readViews(
  { knex }: Ledger,
  options: { externalNames: string[] },
): Promise<EntitlementView[]> {
  const { externalNames } = options;
  const views = new Map<string, EntitlementView>();
  for (let start = 0; start < externalNames.length; start += CHUNK) {
    const rows = await knex(TABLES.entitlements).whereIn(
      'external_name',
      externalNames.slice(start, start + CHUNK),
    );
    for (const row of rows) {
      const entitlement = fromRow(entitlementColumns, row);
      views.set(entitlement.id, { entitlement, leases: [] });
    }
    const leases = await knex(TABLES.leases)
      .whereIn(
        'entitlement_id',
        rows.map(({ id }) => id),
      )
      .where(isUnfinishedRow(knex))
      .orderBy('id');
    for (const row of leases) {
      const lease = fromRow(leaseColumns, row);
      views.get(lease.entitlementId)?.leases.push(lease);
    }
  }
  return [...views.values()];
}
