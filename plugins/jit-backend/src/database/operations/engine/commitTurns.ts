import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { inTransaction } from '../../transaction';
import { Bundles } from './Bundles';
import { Claim } from './Claim';
import { entitlementsOfBundles } from './entitlementsOfBundles';
import { Pen } from './Pen';
import { takeTurn } from './takeTurn';
import { Turn, TurnResult } from './Turn';
import { isLocked, LockedRow, lockEntitlements, lockLeases } from './underLock';

/**
 * Decides and writes for many claimed entitlements in one transaction, so that one durable commit serves them all. Each turn stands for
 * itself: one whose claim was lost writes nothing and does not disturb the others.
 */
export async function commitTurns(
  ledger: Ledger,
  options: { turns: Turn[]; claimLifeMs: number },
): Promise<TurnResult[]> {
  const bundled = options.turns.filter(({ claim }) => claim.bundled);
  return (
    (await tryTurns(ledger, options, idsOf(bundled))) ??
    // A part of a bundle joined a thing that is shared, since that was claimed.
    (await commitTurns(ledger, {
      ...options,
      turns: options.turns.map(({ claim, decide }) => ({
        claim: { ...claim, bundled: true },
        decide,
      })),
    }))
  );
}

/**
 * @param bundled - the entitlements on which parts of bundles are looked for before any lock is taken
 * @returns undefined when a part of a bundle was found that was not looked for: then nothing is decided or written
 */
async function tryTurns(
  ledger: Ledger,
  { turns, claimLifeMs }: { turns: Turn[]; claimLifeMs: number },
  bundled: string[],
): Promise<TurnResult[] | undefined> {
  const entitlementIds = idsOf(turns);
  return await inTransaction(ledger, async tx => {
    const ofBundles = bundled.length
      ? await entitlementsOfBundles(tx, { entitlementIds: bundled })
      : [];
    const locked = await lockEntitlements(tx, [
      ...entitlementIds,
      ...ofBundles,
    ]);
    const { leases, now } = await lockLeases(tx, entitlementIds);
    const all = [...leases.values()].flat();
    const bundles = await Bundles.read(tx, all);
    if (
      bundled.length < turns.length &&
      !bundles.otherPartsOf(all).every(part => isLocked(part, locked))
    ) {
      return undefined;
    }
    const pen = new Pen(tx, { bundles, now, claimLifeMs });
    const results = turns.map((turn): TurnResult => {
      const row = locked.get(turn.claim.entitlementId);
      return row && isHeld(row, turn.claim, now)
        ? takeTurn(turn, row, { locked, leases, bundles, now, pen })
        : { type: 'claim-lost' };
    });
    await pen.flush();
    return results;
  });
}

function isHeld(row: LockedRow, claim: Claim, now: Instant): boolean {
  return row.claim_token === claim.token && Number(row.claim_until) > now;
}

function idsOf(turns: Turn[]): string[] {
  return turns.map(turn => turn.claim.entitlementId);
}
