import { randomUUID } from 'node:crypto';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { Claim } from './Claim';
import { claimEnd } from './claimEnd';
import { isBundled } from './entitlementsOfBundles';

/**
 * Claims one entitlement whether or not something is due for it, beside the connection's slots: somebody is waiting for the answer.
 *
 * @returns undefined when another holds it, or there is no such entitlement
 */
export async function claimOne(
  ledger: Ledger,
  options: { entitlementId: string; claimLifeMs: number },
): Promise<Claim | undefined> {
  const { knex, clock } = ledger;
  const { entitlementId, claimLifeMs } = options;
  const token = randomUUID();
  const [row] = await knex(TABLES.entitlements)
    .where({ id: entitlementId })
    .where(builder =>
      builder
        .whereNull('claim_until')
        .orWhere('claim_until', '<=', clock.sql(knex)),
    )
    .update({ claim_token: token, claim_until: claimEnd(ledger, claimLifeMs) })
    .returning(['connection', 'provider', isBundled(knex)]);
  return (
    row && {
      entitlementId,
      connection: row.connection,
      provider: row.provider,
      token,
      bundled: Boolean(row.bundled),
    }
  );
}
