import { LeaseState } from '@backstage-jit/plugin-jit-common';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Where a lease's entitlement is, or undefined when there is no such lease. */
export async function findEntitlementOf(
  { knex }: Ledger,
  leaseId: string,
): Promise<
  | {
      entitlementId: string;
      provider: string;
      connection: string;
      state: LeaseState;
    }
  | undefined
> {
  return await knex(TABLES.leases).where({ id: leaseId }).first({
    entitlementId: 'entitlement_id',
    provider: 'provider',
    connection: 'connection',
    state: 'state',
  });
}
