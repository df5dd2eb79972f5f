import { ClaimKeeper } from '../../engine/ClaimKeeper';
import { CallMaker } from '../../engine/CallMaker';
import { CommitQueue } from '../../engine/CommitQueue';
import { ProviderCaller } from '../../engine/ProviderCaller';
import { createSurroundingsOf } from '../../engine/surroundingsOf';
import { TurnTaker } from '../../engine/TurnTaker';
import { TABLES } from '../../database/tables';
import { BenchSite } from './BenchSite';

/** Has all that is due of one thing done: the calls, and what the ledger holds of them, as the engine does it. */
export type Hands = (entitlementId: string) => Promise<void>;

/** Longer than any scenario. */
const CLAIM_MS = 24 * 3_600_000;

/**
 * What makes the same calls with the same writes in between, whoever finds out that it is time: so that dispatchers are compared and nothing else. All
 * there is gets claimed beforehand.
 */
export async function createHands(site: BenchSite): Promise<Hands> {
  const { ledger, engineOptions } = site;
  const { systems, settings, logger } = engineOptions;
  const token = 'hands';
  await ledger.knex(TABLES.entitlements).update({
    claim_token: token,
    claim_until: (await ledger.clock.now(ledger.knex)) + CLAIM_MS,
  });
  const keeper = new ClaimKeeper({ ...settings, ledger, logger });
  const turns = new TurnTaker({
    ...engineOptions,
    keeper,
    commits: new CommitQueue({ ledger, claimLifeMs: CLAIM_MS, keeper }),
    caller: new CallMaker({
      ...engineOptions,
      provider: new ProviderCaller({ ...settings, systems, logger }),
    }),
    surroundingsOf: createSurroundingsOf({
      ...engineOptions,
      isStopping: () => false,
    }),
    giveSlotOn: () => {},
  });
  return async entitlementId => {
    const claim = {
      entitlementId,
      token,
      connection: 'main',
      provider: site.provider.id,
    };
    const held = keeper.hold(claim, performance.now());
    await turns.take(claim, held);
    keeper.drop(claim);
  };
}
