import { ServiceUnavailableError } from '@backstage/errors';
import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
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
  DecisionTimings,
  lookAfterRemoval,
  StepInput,
  Surroundings,
} from '../leases/advance';
import { beginMint, MintDecision, MintOrder } from '../leases/beginMint';
import { EntitlementView, Failure, PendingCall } from '../leases/records';
import { CallOutcome } from '../leases/settleOutcome';
import { holdsMs } from '../activity/holdsMs';
import { ClaimKeeper } from './ClaimKeeper';
import { CommitQueue } from './CommitQueue';
import { EngineOptions } from './DefaultJitEngine';
import { CallMaker } from './CallMaker';
import { endingWith } from './endingWith';
import { NOT_SENT } from './ProviderCaller';
import { signalOf } from './signalOf';
import { tellOf } from './tellOf';

/** Each part of a bundle wakes the others when it moves; this is for the case that it could not. */
const PARTS_EVERY_MS = 60_000;

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
  private readonly timings: DecisionTimings;

  constructor(
    private readonly options: EngineOptions & {
      keeper: ClaimKeeper;
      commits: CommitQueue;
      caller: CallMaker;
      isStopping(): boolean;
    },
  ) {
    const { settings } = options;
    this.timings = {
      backoff: {
        firstMs: settings.backoffMinMs,
        maximumMs: settings.backoffMaxMs,
      },
      outsideGraceMs: settings.outsideMarginMs,
      probeEveryMs: settings.probeEveryMs,
      lookEveryMs: settings.probeEveryMs,
      partsEveryMs: PARTS_EVERY_MS,
      activityHoldsMs: holdsMs(options.activity),
    };
  }

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
      await this.reach('claimed');
      await this.turns(claim, held, begun ?? { type: 'claimed' });
    });
  }

  /**
   * Mints credentials under the claim.
   *
   * @returns the credentials, or why there are none, and apart from that the rest of the work under the claim
   */
  async mint(
    claim: Claim,
    held: AbortSignal,
    options: MintOrder,
  ): Promise<{
    credentials: Promise<IssuedCredentials>;
    rest: Promise<void>;
  }> {
    const minting = this.mintUnder(claim, held, options);
    const rest = this.guarded(claim, async () => {
      const outcome = await minting.then(
        ({ outcome: answered }) => answered,
        () => undefined,
      );
      if (outcome) {
        await this.turns(claim, held, { type: 'outcome', outcome });
      } else {
        await releaseClaims(this.options.ledger, [claim]);
      }
    });
    return {
      credentials: minting.then(({ answer }) => {
        if ('failure' in answer) {
          throw new ServiceUnavailableError(
            `No credentials now: ${answer.failure.message}`,
          );
        }
        return answer.credentials;
      }),
      rest,
    };
  }

  private async mintUnder(claim: Claim, held: AbortSignal, options: MintOrder) {
    const gate = await this.options.systems.gate(claim);
    let minting: MintDecision | undefined;
    const since = performance.now();
    const result = await this.commit(claim, (view, facts) => {
      minting = beginMint(
        view,
        {
          ...options,
          handleOf: (lease, call) =>
            this.options.caller.intendedHandle(view, lease, call),
        },
        this.surroundings(claim, gate, facts),
      );
      if ('failure' in minting) {
        throw new ServiceUnavailableError(
          `No credentials now: ${minting.failure.message}`,
        );
      }
      return {
        ...minting,
        schedule: { nextAt: facts.now, turnAt: facts.now },
        keepClaim: true,
      };
    });
    if (result.type === 'failed') {
      throw result.error;
    }
    if (result.type !== 'written' || !minting || 'failure' in minting) {
      throw new ServiceUnavailableError(
        'Something else happened with this lease meanwhile; try again',
      );
    }
    await this.reach('intent-committed', minting.call);
    const answer: { credentials: IssuedCredentials } | { failure: Failure } =
      this.options.keeper.isSure(claim)
        ? await this.options.caller.mint(minting.view, minting.call, {
            signal: held,
            since,
          })
        : { failure: NOT_SENT };
    await this.reach('call-answered', minting.call);
    const outcome: CallOutcome =
      'failure' in answer ? answer : { operation: 'mint' };
    return { answer: endingWith(answer, minting), outcome };
  }

  private async turns(
    claim: Claim,
    held: AbortSignal,
    first: StepInput | CommittedTurn,
  ): Promise<void> {
    const { keeper } = this.options;
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
      await this.reach('outcome-committed');
      tellOf(decision, this.options);
      await signalOf(decision, facts.connection, {
        ...this.options,
        connection: claim.connection,
        probeEveryMs: this.timings.probeEveryMs,
      });
      if (decision.next.do === 'wait') {
        return;
      }

      const { call } = decision.next;
      await this.reach('intent-committed', call);
      if (!keeper.isSure(claim)) {
        // Not sent: whoever claims it next finds the intent, and asks the outside.
        return;
      }
      const outcome = await this.options.caller.perform(decision.view, call, {
        signal: held,
        since,
      });
      await this.reach('call-answered', call);
      const look =
        performance.now() - since < LOOK_AT_ONCE_MS
          ? await this.lookAtOnce(claim, held, {
              view: decision.view,
              outcome,
              surroundings: this.surroundings(claim, gate, facts),
            })
          : undefined;
      if (held.aborted) {
        this.options.observer?.claimLost?.();
        return;
      }
      next = { type: 'outcome', outcome, look };
    }
  }

  /** Commits the turn of what was learnt. */
  private async committed(
    claim: Claim,
    input: StepInput,
  ): Promise<CommittedTurn> {
    const gate = await this.options.systems.gate(claim);
    await this.reach('before-commit');
    const turn = this.turnOf(claim, gate, input);
    const since = performance.now();
    return { turn, since, result: await this.commit(claim, turn.decide) };
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
          this.surroundings(claim, gate, facts),
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
    const { view, outcome, surroundings } = answered;
    const look = lookAfterRemoval(view, outcome, surroundings);
    if (!look || held.aborted || !this.options.keeper.isSure(claim)) {
      return undefined;
    }
    await this.reach('intent-committed', look.call);
    const seen = await this.options.caller.perform(look.view, look.call, {
      signal: held,
      since: performance.now(),
    });
    await this.reach('call-answered', look.call);
    return seen;
  }

  private async commit(
    claim: Claim,
    decide: (view: EntitlementView, facts: TurnFacts) => TurnWrite,
  ): Promise<TurnResult> {
    const since = performance.now();
    const result = await this.options.commits.commit({ claim, decide });
    if (result.type === 'written') {
      this.options.keeper.renewed(claim, since);
    }
    return result;
  }

  private surroundings(
    claim: Claim,
    gate: Surroundings['gate'],
    { now, connection }: TurnFacts,
  ): Surroundings {
    return {
      now,
      random: Math.random(),
      gate,
      pausedUntil:
        this.options.isStopping() || claim.withoutSlot
          ? now + this.timings.probeEveryMs
          : connection.pausedUntil,
      traits: this.options.systems.traits(claim.provider),
      timings: this.timings,
    };
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

  private async reach(
    name: Parameters<NonNullable<EngineOptions['failpoint']>>[0],
    call?: PendingCall,
  ): Promise<void> {
    await this.options.failpoint?.(name, { operation: call?.operation });
  }
}

function toWrite({ view, events, schedule, next }: Decision): TurnWrite {
  return { view, events, schedule, keepClaim: next.do === 'call' };
}
