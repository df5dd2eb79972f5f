import { heldUnder } from '../../conditions';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { Claim } from './Claim';

/** Gives a claim back at once, so that the next worker need not wait for it to run out. Harmless when it was lost. */
export async function releaseClaims(
  { knex }: Ledger,
  claims: Claim[],
): Promise<void> {
  if (claims.length) {
    await knex(TABLES.entitlements)
      .where(heldUnder(knex, claims))
      .update({ claim_token: null, claim_until: null });
  }
}
