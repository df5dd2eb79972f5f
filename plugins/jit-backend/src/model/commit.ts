import {
  ConnectionSignal,
  Decision,
  StepInput,
  Surroundings,
} from '../leases/advance';
import { EntitlementView } from '../leases/records';
import { isUnfinished } from '../leases/states';
import { Broken } from './Broken';
import { Configuration, DURATIONS, UNIT } from './Configuration';
import { isDue } from './isDue';
import { LeaseSlot, ModelState } from './ModelState';
import { outcomeOf } from './outcomeOf';
import { Rules } from './Rules';
import { rows, SOMEONE } from './rows';
import { brokenByStep } from './stepInvariants';
import { unlessRefused } from './unlessRefused';

/** What the worker finds when it asks for the system behind the connection. */
export type Gate = Surroundings['gate'];

/** Everything around one write. */
export interface CommitOptions {
  state: ModelState;
  gate: Gate;
  configuration: Configuration;
  rules: Rules;
  claimIsMine: boolean;
}

/** One transaction of a worker: reads all, decides, writes all. The state given is changed. */
export function commit(
  input: StepInput,
  options: CommitOptions,
): Broken | undefined {
  const { state, rules, configuration, claimIsMine } = options;
  const surroundings = surroundingsOf(options);
  const before = viewOf(state);
  const decision = rules.advance(before, input, surroundings);
  const broken =
    brokenByStep({
      before,
      input,
      decision,
      surroundings,
      state,
      configuration,
      claimWasMine: claimIsMine,
    }) ?? spins(decision, options);
  store(state, decision, configuration);
  signal(state, decision.connection);
  return broken;
}

/** Whether a worker whose removal was answered may look before it commits that. */
export function looksAtOnce(options: CommitOptions): boolean {
  const { rules, state } = options;
  return (
    rules.lookAfterRemoval(
      viewOf(state),
      outcomeOf('done', state),
      surroundingsOf(options),
    ) !== undefined
  );
}

/** The transaction by which a worker commits to one minting, or lets go of the claim. The state given is changed. */
export function commitMint(options: CommitOptions): Broken | undefined {
  const { state, rules, configuration, claimIsMine } = options;
  const surroundings = surroundingsOf(options);
  const before = viewOf(state);
  const leaseId = before.leases.find(lease => lease.state === 'active')?.id;
  const decision = mint(rules, before, leaseId ?? 'A', surroundings);
  if (!decision) {
    state.hand = undefined;
    state.claimUntil = undefined;
    return undefined;
  }
  const step = {
    view: decision.view,
    next: { do: 'call' as const, call: decision.call },
    schedule: { nextAt: state.now, turnAt: state.now },
  };
  const broken = brokenByStep({
    before,
    decision: step,
    surroundings,
    state,
    configuration,
    claimWasMine: claimIsMine,
  });
  store(state, step, configuration);
  return broken;
}

function mint(
  rules: Rules,
  view: EntitlementView,
  leaseId: string,
  surroundings: Surroundings,
) {
  const decision = unlessRefused(() =>
    rules.beginMint(view, { leaseId, actor: SOMEONE }, surroundings),
  );
  return decision && 'call' in decision ? decision : undefined;
}

/** After a decision to wait nothing is due, or what is due comes to its turn: no worker claims the same thing for nothing again and again. */
function spins(
  decision: ReturnType<Rules['advance']>,
  { rules, ...options }: CommitOptions,
): Broken | undefined {
  let { view, next, schedule, connection } = decision;
  for (let turns = 0; turns < 3; turns++) {
    const surroundings = surroundingsOf({ ...options, rules });
    signal(surroundings, connection, surroundings.now);
    if (next.do === 'call' || !isDue({ ...surroundings, ...schedule })) {
      return undefined;
    }
    const leases = view.leases.filter(lease => isUnfinished(lease.state));
    ({ view, next, schedule, connection } = rules.advance(
      { ...view, leases },
      { type: 'claimed' },
      surroundings,
    ));
  }
  return { invariant: 'noHotLoop', detail: 'it is due at once, for nothing' };
}

function surroundingsOf(options: CommitOptions): Surroundings {
  const { state, gate, configuration } = options;
  return {
    now: state.now,
    random: 0,
    gate,
    pausedUntil: state.pausedUntil,
    traits: {
      settleMs: configuration.settle * UNIT,
      lagMs: configuration.settle * UNIT,
      callTimeoutMs: DURATIONS.callTimeout * UNIT,
      canExtend: configuration.endsOutside,
    },
    timings: {
      // Without luck the first wait is half of what it says: one unit, and no attempt makes it longer.
      backoff: { firstMs: 2 * UNIT, maximumMs: 2 * UNIT },
      outsideGraceMs: DURATIONS.outsideGrace * UNIT,
      probeEveryMs: DURATIONS.probeEvery * UNIT,
      lookEveryMs: DURATIONS.lookEvery * UNIT,
      partsEveryMs: DURATIONS.partsEvery * UNIT,
      activityHoldsMs: DURATIONS.lookHolds * UNIT,
    },
  };
}

function viewOf(state: ModelState): EntitlementView {
  return {
    entitlement: state.entitlement!,
    leases: rows(state),
    otherParts: state.otherParts,
  };
}

function store(
  state: ModelState,
  { view, next, schedule }: Pick<Decision, 'view' | 'next' | 'schedule'>,
  configuration: Configuration,
): void {
  const stored = (slot: LeaseSlot): LeaseSlot => {
    const lease =
      typeof slot === 'string'
        ? undefined
        : view.leases.find(each => each.id === slot.id);
    if (!lease) {
      return slot;
    }
    if (isUnfinished(lease.state)) {
      return lease;
    }
    return configuration.swept && lease.state === 'revoked'
      ? 'revoked'
      : 'over';
  };
  state.leases = [stored(state.leases[0]), stored(state.leases[1])];
  state.entitlement = rows(state).length ? view.entitlement : undefined;
  state.nextAt = schedule.nextAt;
  state.turnAt = schedule.turnAt;
  const calls = next.do === 'call';
  state.hand = calls ? 'calling' : undefined;
  state.claimUntil = calls
    ? state.now + configuration.claimLife * UNIT
    : undefined;
}

function signal(
  state: { pausedUntil?: number; now: number },
  connection: ConnectionSignal | undefined,
  now: number = state.now,
): void {
  switch (connection?.type) {
    case 'failed':
      state.pausedUntil = now + DURATIONS.probeEvery * UNIT;
      break;
    case 'paused':
      state.pausedUntil = Math.max(state.pausedUntil ?? 0, connection.until);
      break;
    default:
  }
}
