import { Ledger } from '../database/Ledger';
import { Claim } from '../database/operations/engine/Claim';
import { claimDue } from '../database/operations/engine/claimDue';

/** Claims what is due, and begins nothing with it. */
export async function takeClaims(
  ledger: Ledger,
  { limit, claimLifeMs = 10_000 }: { limit: number; claimLifeMs?: number },
): Promise<Claim[]> {
  const { claimed } = await claimDue(ledger, { limit, claimLifeMs });
  return claimed.map(({ claim }) => claim);
}
