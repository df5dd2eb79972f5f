import { EntitlementRecord, Instant, PendingCall } from '../leases/records';
import { Configuration, DURATIONS, UNIT } from './Configuration';
import {
  HANDS,
  hasEffect,
  isAnswer,
  MAYBE,
  OPERATIONS,
  REMOVALS,
  STATES,
  toCode,
} from './codes';
import { Budget, Flight, LeaseSlot, ModelState } from './ModelState';
import { pushLater } from './laterCodes';
import { IDS } from './rows';
import { pushSweep } from './sweep/sweepCodes';

// Read once: a test's globals are slow to reach, and this runs millions of times.
const { fromCharCode } = String;

const FINISHED = { unasked: 0, over: 1, revoked: 128 } as const;

/**
 * A state as a short text that is equal for states which nothing can tell apart: times are distances from now, what lies in the past
 * and is only ever compared with now is dropped, and so are ends of an outside thing that has none.
 */
export function encode(
  state: ModelState,
  configuration: Pick<
    Configuration,
    'endsOutside' | 'used' | 'decided' | 'swept'
  >,
): string {
  const { endsOutside, used, decided } = configuration;
  const { now, entitlement, hand, sweep } = state;
  const codes: number[] = [
    bit(state.present) +
      2 * bit(state.diedByItself) +
      4 * bit(state.down) +
      8 * bit(state.repointed) +
      16 * bit(state.closed) +
      32 * state.late,
    hand === undefined ? 0 : 1 + HANDS.indexOf(hand),
    toCode(state.presentUntil, now),
    toCode(state.changedAt, now),
    ahead(state.pausedUntil, now),
    ahead(state.claimUntil, now),
  ];
  pushBudget(state.budget, codes);
  pushLease(state.leases[0], now, codes);
  pushLease(state.leases[1], now, codes);
  if (entitlement) {
    const heard = hand === 'calling' || isAnswer(hand);
    codes.push(flags(entitlement));
    pushCall(entitlement.call, { heard, endsOutside }, now, codes);
    // A fence that a call was sent behind still says what its outcome is worth.
    const since = heard ? entitlement.call!.startedAt : now;
    const { fenceUntil } = entitlement;
    codes.push(
      toCode((fenceUntil ?? 0) > since ? fenceUntil : undefined, now),
      toCode(entitlement.absentSince, now),
      endsOutside ? due(entitlement.outsideUntil, now) : 0,
      due(state.nextAt, now),
      due(state.turnAt, now),
    );
  } else {
    codes.push(0);
  }
  if (used) {
    pushUse(state, codes);
  }
  if (decided) {
    pushLater(state, codes);
  }
  if (sweep) {
    const { backup } = sweep;
    const text = backup ? encode({ ...backup, now }, configuration) : '';
    pushSweep(sweep, now, codes);
    codes.push(text.length, ...Array.from(text, each => each.charCodeAt(0)));
  }
  pushFlights(state.flights, endsOutside, now, codes);
  return fromCharCode(...codes);
}

function bit(value: boolean): number {
  return value ? 1 : 0;
}

function ahead(at: Instant | undefined, now: Instant): number {
  return at !== undefined && at > now ? toCode(at, now) : 0;
}

function due(at: Instant | undefined, now: Instant): number {
  return toCode(at !== undefined && at < now ? now : at, now);
}

function pushBudget(budget: Budget, codes: number[]): void {
  codes.push(
    budget.crashes + 4 * budget.unknowns + 16 * budget.failures,
    budget.downs +
      2 * budget.repoints +
      4 * budget.extensions +
      16 * budget.mints +
      64 * budget.retries,
  );
}

function pushLease(lease: LeaseSlot, now: Instant, codes: number[]): void {
  if (typeof lease === 'string') {
    codes.push(FINISHED[lease]);
    return;
  }
  const state = STATES.indexOf(lease.state as (typeof STATES)[number]);
  const at = [
    lease.startsAt,
    lease.grantDueAt,
    lease.expiresAt,
    lease.keptUntil === undefined ? undefined : Math.max(lease.keptUntil, now),
  ];
  codes.push(
    2 +
      state +
      8 * bit(lease.endWish !== undefined) +
      16 * bit(lease.awaitsParts === true) +
      32 * bit(lease.keepMs !== undefined && lease.grantedAt !== undefined) +
      64 * bit(lease.extensionAsked !== undefined),
    toCode(at[state], now),
    ahead(lease.retryAt, now),
  );
}

/** Use counts only while the lease is active: before and after, nothing depends on it. */
function pushUse({ leases, use, budget, now }: ModelState, codes: number[]) {
  const [lease] = leases;
  const active = typeof lease !== 'string' && lease.state === 'active';
  codes.push(budget.uses + 4 * budget.protections + 16 * bit(active));
  if (active) {
    const { at } = use;
    // One that takes too long is given up.
    const began = use.look?.beganAt ?? 0;
    const look =
      began + DURATIONS.lookHolds * UNIT >= now ? use.look : undefined;
    codes.push(
      toCode(lease.grantedAt, now),
      toCode(lease.lastActivityAt, now),
      toCode(lease.activitySeenUntil, now),
      toCode(lease.idleWarnedAt, now),
      toCode(lease.protectedUntil, now),
      bit(lease.budgetWarnedAt !== undefined),
      at.length,
      ...at.map(each => toCode(each, now)),
      toCode(look?.beganAt, now),
      toCode(look?.lastUse, now),
    );
  }
}

function flags(entitlement: EntitlementRecord): number {
  return (
    1 +
    2 * MAYBE.indexOf(entitlement.heldBefore) +
    8 * REMOVALS.indexOf(entitlement.removal) +
    32 * bit(entitlement.attempted) +
    64 * bit(entitlement.identity !== undefined)
  );
}

/** Nobody will ever tell the outcome of a call that is not heard: then only what it may still do counts. */
function pushCall(
  call: PendingCall | undefined,
  { heard, endsOutside }: { heard: boolean; endsOutside: boolean },
  now: Instant,
  codes: number[],
): void {
  if (!call || (!heard && !hasEffect(call.operation))) {
    codes.push(0);
    return;
  }
  codes.push(
    1 + OPERATIONS.indexOf(call.operation),
    call.leaseId === IDS[0] ? 0 : 1,
    toCode(call.landsUntil, now),
    toCode(heard ? call.startedAt : undefined, now),
    toCode(heard && endsOutside ? call.notAfter : undefined, now),
  );
}

function pushFlights(
  flights: readonly Flight[],
  endsOutside: boolean,
  now: Instant,
  codes: number[],
): void {
  const coded = flights.map(flight => [
    OPERATIONS.indexOf(flight.operation),
    toCode(flight.landsUntil, now),
    toCode(endsOutside ? flight.notAfter : undefined, now),
  ]);
  if (coded.length > 1) {
    coded.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  }
  for (const flight of coded) {
    codes.push(...flight);
  }
}
