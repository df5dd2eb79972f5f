import { Claim } from '../database/operations/engine/Claim';
import { releaseClaims } from '../database/operations/engine/releaseClaims';
import {
  Turn,
  TurnFacts,
  TurnResult,
  TurnWrite,
} from '../database/operations/engine/Turn';
import {
  advance,
  Decision,
  lookAfterRemoval,
  StepInput,
  Surroundings,
} from '../leases/advance';
import { EntitlementView } from '../leases/records';
import { CallOutcome } from '../leases/CallOutcome';
import { ClaimKeeper } from './ClaimKeeper';
import { CommitQueue } from './CommitQueue';
import { EngineOptions } from './DefaultJitEngine';
import { CallMaker } from './CallMaker';
import { signalOf } from './signalOf';
import { SurroundingsOf } from './surroundingsOf';
import { tellOf } from './tellOf';

/** After a removal that took longer, what is known of its connection is asked anew before the look at it. */
const LOOK_AT_ONCE_MS = 1_000;

/** A turn that remembers what it decided. */
export interface DecidedTurn extends Turn {
  decided?: {
    decision: Decision;
    facts: TurnFacts;
    gate: Surroundings['gate'];
  };
}

/** A turn and what came of it. */
export interface CommittedTurn {
  turn: DecidedTurn;
  /** `performance.now()` from before the commit: its claim is counted from then on. */
  since: number;
  result: TurnResult;
}

/**
 * Takes the turns of one claimed entitlement: decide and commit, make the call that the decision asks for, commit what came of it; until
 * there is nothing to do but wait.
 */
export class TurnTaker {
  constructor(
    private readonly options: EngineOptions & {
      keeper: ClaimKeeper;
      commits: CommitQueue;
      caller: CallMaker;
      surroundingsOf: SurroundingsOf;
      /** Leaves the claim's slot to another: no call is made under it any more, only what the last one came to is left to write down. */
      giveSlotOn(claim: Claim): void;
    },
  ) {}

  /** The first turn of a claim, to be committed together with it; undefined when something has to be waited for beforehand. */
  begin(claim: Claim): DecidedTurn | undefined {
    const gate = this.options.systems.knownGate(claim);
    return gate && this.turnOf(claim, gate, { type: 'claimed' });
  }

  /**
   * From a fresh claim to a rest. Never throws: a turn that cannot be finished is left to whoever claims it next.
   *
   * @param begun - its first turn, when that was committed together with it
   */
  async take(
    claim: Claim,
    held: AbortSignal,
    begun?: CommittedTurn,
  ): Promise<void> {
    await this.guarded(claim, async () => {
      await this.options.failpoint?.('claimed', {});
      await this.turns(claim, held, begun ?? { type: 'claimed' });
    });
  }

  /** From what came of a call that was made under the claim to a rest. Never throws, as above. */
  async goOn(
    claim: Claim,
    held: AbortSignal,
    outcome: CallOutcome,
  ): Promise<void> {
    await this.guarded(claim, () =>
      this.turns(claim, held, { type: 'outcome', outcome }),
    );
  }

  /** Gives a claim back under which nothing was done. Never throws, as above. */
  async letGo(claim: Claim): Promise<void> {
    await this.guarded(claim, () =>
      releaseClaims(this.options.ledger, [claim]),
    );
  }

  private async turns(
    claim: Claim,
    held: AbortSignal,
    first: StepInput | CommittedTurn,
  ): Promise<void> {
    const { keeper, failpoint, settings, surroundingsOf } = this.options;
    let next = first;
    for (;;) {
      const { turn, since, result } =
        'turn' in next ? next : await this.committed(claim, next);
      if (result.type === 'failed') {
        throw result.error;
      }
      if (result.type === 'claim-lost') {
        this.options.observer?.claimLost?.();
      }
      const { decided } = turn;
      if (result.type === 'claim-lost' || !decided) {
        return;
      }
      const { decision, facts, gate } = decided;
      await failpoint?.('outcome-committed', {});
      tellOf(decision, this.options);
      await signalOf(decision, facts.connection, {
        ...this.options,
        connection: claim.connection,
        probeEveryMs: settings.probeEveryMs,
      });
      if (decision.next.do === 'wait') {
        return;
      }

      const { call } = decision.next;
      await failpoint?.('intent-committed', call);
      if (!keeper.isSure(claim)) {
        // Not sent: whoever claims it next finds the intent, and asks the outside.
        return;
      }
      const outcome = await this.options.caller.perform(decision.view, call, {
        signal: held,
        since,
      });
      await failpoint?.('call-answered', call);
      const look =
        performance.now() - since < LOOK_AT_ONCE_MS
          ? await this.lookAtOnce(claim, held, {
              view: decision.view,
              outcome,
              surroundings: surroundingsOf(claim, gate, facts),
            })
          : undefined;
      if (held.aborted) {
        this.options.observer?.claimLost?.();
        return;
      }
      if (look && 'look' in look && look.look.status === 'absent') {
        // The model holds that no other call follows: `slotIsHeld`.
        this.options.giveSlotOn(claim);
      }
      next = { type: 'outcome', outcome, look };
    }
  }

  /** Commits the turn of what was learnt. */
  private async committed(
    claim: Claim,
    input: StepInput,
  ): Promise<CommittedTurn> {
    const { systems, commits, failpoint } = this.options;
    const gate = await systems.gate(claim);
    await failpoint?.('before-commit', {});
    const turn = this.turnOf(claim, gate, input);
    const since = performance.now();
    return { turn, since, result: await commits.commit(turn) };
  }

  private turnOf(
    claim: Claim,
    gate: Surroundings['gate'],
    input: StepInput,
  ): DecidedTurn {
    const turn: DecidedTurn = {
      claim,
      decide: (view, facts) => {
        const decision = advance(
          view,
          input,
          this.options.surroundingsOf(claim, gate, facts),
        );
        turn.decided = { decision, facts, gate };
        return toWrite(decision);
      },
    };
    return turn;
  }

  /** Makes the look that follows a removal, when there is one to make. */
  private async lookAtOnce(
    claim: Claim,
    held: AbortSignal,
    answered: {
      view: EntitlementView;
      outcome: CallOutcome;
      surroundings: Surroundings;
    },
  ): Promise<CallOutcome | undefined> {
    const { keeper, caller, failpoint } = this.options;
    const { view, outcome, surroundings } = answered;
    const look = lookAfterRemoval(view, outcome, surroundings);
    if (!look || held.aborted || !keeper.isSure(claim)) {
      return undefined;
    }
    await failpoint?.('intent-committed', look.call);
    const seen = await caller.perform(look.view, look.call, {
      signal: held,
      since: performance.now(),
    });
    await failpoint?.('call-answered', look.call);
    return seen;
  }

  private async guarded(
    claim: Claim,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.logger.error(
        'A turn could not be finished; it is taken up again when its claim has run out',
        {
          entitlement: claim.entitlementId,
          error: error instanceof Error ? error.name : typeof error,
        },
      );
    }
  }
}

function toWrite({ view, events, schedule, next }: Decision): TurnWrite {
  return { view, events, schedule, keepClaim: next.do === 'call' };
}
