import { isPostgres } from '../../dialect';
import { heldUnder } from '../../conditions';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { Claim } from './Claim';
import { claimEnd } from './claimEnd';

/**
 * Lets claims live on.
 *
 * @returns those that were lost: somebody else may act on their entitlements already
 */
export async function renewClaims(
  ledger: Ledger,
  options: { claims: Claim[]; claimLifeMs: number },
): Promise<Claim[]> {
  const { knex, clock } = ledger;
  const { claims, claimLifeMs } = options;
  if (!claims.length) {
    return [];
  }
  const held = knex(TABLES.entitlements)
    .select('id')
    .where(heldUnder(knex, claims))
    .orderBy('id');
  if (isPostgres(knex)) {
    // An update by itself locks rows as it comes across them. Who commits turns locks them by id: the two would wait for each other.
    held.forUpdate();
  }
  const rows = await knex(TABLES.entitlements)
    .whereIn('id', held)
    .where('claim_until', '>', clock.sql(knex))
    .update({ claim_until: claimEnd(ledger, claimLifeMs) })
    .returning('id');
  const kept = new Set(rows.map(row => row.id));
  return claims.filter(claim => !kept.has(claim.entitlementId));
}
