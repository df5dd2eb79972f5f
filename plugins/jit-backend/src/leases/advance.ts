import { BackoffSettings } from './backoff';
import { chooseNext, NextStep } from './chooseNext';
import { Draft } from './Draft';
import {
  EntitlementView,
  EventDraft,
  Failure,
  Instant,
  PendingCall,
} from './records';
import { recoverCall } from './failures';
import { CallOutcome } from './CallOutcome';
import { settleOutcome } from './settleOutcome';
import { applyDueTransitions } from './dueTransitions';
import { schedule, Schedule } from './schedule';

/** What an entitlement's provider promises about its outside system. */
export interface ProviderTraits {
  /** How much longer than its deadline a call that timed out may take to land. */
  settleMs: number;
  /** How long reads lag behind: an absence counts when it is seen twice, so long apart. */
  lagMs: number;
  callTimeoutMs: number;
  canExtend: boolean;
}

/** Waits that every decision is made with. */
export interface DecisionTimings {
  backoff: BackoffSettings;
  /** How much later than the lease the outside system's own expiry is set. */
  outsideGraceMs: number;
  /** How often a connection that is down is tried. */
  probeEveryMs: number;
  /** How often a part of a bundle that waits for another is looked at, should nothing wake it. */
  partsEveryMs: number;
  /** How often a thing that is still going away is looked at, when its provider does not say. */
  lookEveryMs: number;
  /** How long a look at the use of things is believed. */
  activityHoldsMs: number;
}

/** Everything around an entitlement that a decision depends on. */
export interface Surroundings {
  /** The database's time. */
  now: Instant;
  /** In [0, 1): spreads retries. */
  random: number;
  /** Whether calls may be made: the system behind the connection and what it says it is, or why there is none to call. */
  gate: { open: true; identity: string } | { open: false; failure: Failure };
  /** Until when the whole connection is left alone. */
  pausedUntil?: Instant;
  traits: ProviderTraits;
  timings: DecisionTimings;
}

/** What a worker learnt since the last decision. */
export type StepInput =
  | { type: 'claimed' }
  | {
      type: 'outcome';
      outcome: CallOutcome;
      /** What came of the look of {@link lookAfterRemoval}, should it still be the one to make. */
      look?: CallOutcome;
    };

/** What the outcome of a call says about the connection as a whole. */
export type ConnectionSignal =
  | { type: 'works' }
  | { type: 'failed' }
  | { type: 'paused'; until: Instant };

/** A decision: what the ledger shall hold now, why, and what to do next. */
export interface Decision {
  view: EntitlementView;
  events: EventDraft[];
  next: NextStep;
  schedule: Schedule;
  connection?: ConnectionSignal;
}

/**
 * The heart of the engine: from what is known about an entitlement and its leases to what is true now and what to do next.
 *
 * Pure. The holder of the claim stores the result, with the intent of the next call in it, before that call is made. The model in
 * `src/model` explores this very function.
 */
export function advance(
  view: EntitlementView,
  input: StepInput,
  surroundings: Surroundings,
  actor: string = 'system:engine',
): Decision {
  const decision = decide(view, input, surroundings, actor);
  if (input.type === 'claimed' || !input.look || !looksFirst(decision)) {
    return decision;
  }
  const last = decide(
    decision.view,
    { type: 'outcome', outcome: input.look },
    surroundings,
    actor,
  );
  return {
    ...last,
    events: [...decision.events, ...last.events],
    connection: last.connection ?? decision.connection,
  };
}

/**
 * The look that is due as soon as a removal was answered: it is made before that answer is committed, and both are committed at once. A look changes
 * nothing outside, so that it needs no intent; that of the removal stands in the ledger until then, and a worker that takes over goes by it.
 *
 * @param view - with the removal as its call
 * @param surroundings - as they were when that was sent: whatever counts from later on is not over
 */
export function lookAfterRemoval(
  view: EntitlementView,
  outcome: CallOutcome,
  surroundings: Surroundings,
): { view: EntitlementView; call: PendingCall } | undefined {
  if (view.entitlement.call?.operation !== 'revoke') {
    return undefined;
  }
  const decision = advance(view, { type: 'outcome', outcome }, surroundings);
  return looksFirst(decision)
    ? { view: decision.view, call: decision.next.call }
    : undefined;
}

/** Whether a look comes next, and the first one: when a second one was begun is looked up in the ledger. */
function looksFirst(
  decision: Decision,
): decision is Decision & { next: { do: 'call' } } {
  const { next, view } = decision;
  return (
    next.do === 'call' &&
    next.call.operation === 'inspect' &&
    view.entitlement.absentSince === undefined
  );
}

function decide(
  view: EntitlementView,
  input: StepInput,
  surroundings: Surroundings,
  actor: string,
): Decision {
  const draft = new Draft(view, actor);
  let connection: ConnectionSignal | undefined;
  if (input.type === 'outcome') {
    connection = settleOutcome(draft, input.outcome, surroundings);
  } else {
    recoverCall(draft);
  }

  const effective = withSignal(surroundings, connection);
  applyDueTransitions(draft, effective);
  const next = chooseNext(draft, effective);
  if (next.do === 'wait') {
    connection = next.connection ?? connection;
  }
  const planned = schedule(draft, effective, next);

  return {
    view: { ...view, entitlement: draft.entitlement, leases: draft.leases },
    events: draft.events,
    next,
    schedule: planned,
    connection,
  };
}

/** A connection that has just failed is not called again in the same breath. */
function withSignal(
  surroundings: Surroundings,
  signal: ConnectionSignal | undefined,
): Surroundings {
  switch (signal?.type) {
    case 'paused':
      return { ...surroundings, pausedUntil: signal.until };
    case 'failed':
      return {
        ...surroundings,
        pausedUntil: surroundings.now + surroundings.timings.probeEveryMs,
      };
    default:
      return surroundings;
  }
}
