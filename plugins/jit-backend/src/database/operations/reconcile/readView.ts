import { EntitlementView } from '../../../leases/records';
import { fromRow } from '../../columns';
import { Ledger } from '../../Ledger';
import {
  entitlementColumns,
  leaseColumns,
  TABLES,
  UNFINISHED,
} from '../../tables';

/** An entitlement with its unfinished leases, as it is now; without a lock, so only to look at. */
export async function readView(
  { knex }: Ledger,
  options: { externalName: string },
): Promise<EntitlementView | undefined> {
  const row = await knex(TABLES.entitlements)
    .where({ external_name: options.externalName })
    .first();
  if (!row) {
    return undefined;
  }
  const leases = await knex(TABLES.leases)
    .where({ entitlement_id: row.id })
    .whereIn('state', UNFINISHED)
    .orderBy('id');
  return {
    entitlement: fromRow(entitlementColumns, row),
    leases: leases.map(lease => fromRow(leaseColumns, lease)),
  };
}
