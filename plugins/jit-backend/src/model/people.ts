import { Instant, LeaseRecord } from '../leases/records';
import { Wish } from '../leases/wishes';
import { Broken } from './Broken';
import { DURATIONS, UNIT } from './Configuration';
import { ModelState } from './ModelState';
import { Moment } from './Moment';
import { newEntitlement, newLease, SOMEONE } from './rows';
import { unlessRefused } from './unlessRefused';

/** What people write in the ledger at any moment, whoever holds the claim. */
export function peopleAct(moment: Moment): void {
  askForSecond(moment);
  moment.base.leases.forEach((lease, index) => {
    if (typeof lease !== 'string') {
      askForEnd(moment, index, lease);
    }
  });
  const [first] = moment.base.leases;
  if (typeof first !== 'string') {
    extend(moment, first);
    protect(moment, first);
    retry(moment, first);
  }
}

function askForSecond({ base, copy, emit, configuration }: Moment): void {
  const { bounds, kept } = configuration;
  if (
    !bounds.second ||
    base.leases[1] !== 'unasked' ||
    (kept && !mayBeRestored(base))
  ) {
    return;
  }
  const state = copy();
  ask(state, 1, configuration);
  emit({
    label: kept ? 'B is asked to restore A' : 'B is asked for and approved',
    state,
    calm: false,
  });
}

/** As the ledger guards it: whoever restores a last copy finds it, and its time is not over. */
function mayBeRestored({ leases: [first], now }: ModelState): boolean {
  return (
    typeof first !== 'string' &&
    first.state === 'revoking' &&
    (first.keptUntil ?? 0) > now
  );
}

/** Writes a new lease, and the entitlement when there is none. */
export function ask(
  state: ModelState,
  index: 0 | 1,
  configuration: Moment['configuration'],
): void {
  state.leases[index] = newLease(index, state.now, configuration);
  state.entitlement ??= newEntitlement(configuration);
  state.nextAt = state.now;
  state.turnAt = state.now;
}

function askForEnd(moment: Moment, index: number, lease: LeaseRecord): void {
  const { base, configuration, rules } = moment;
  if (!configuration.bounds.endWishes[index]) {
    return;
  }
  write(moment, index, `the end of ${lease.id} is asked for`, () =>
    rules.askForEnd(lease, {
      actor: SOMEONE,
      now: base.now,
      reason: 'ended',
    }),
  );
}

function extend(moment: Moment, lease: LeaseRecord): void {
  const { base, configuration, rules } = moment;
  if (
    configuration.bundle ||
    base.budget.extensions === 0 ||
    lease.state !== 'active' ||
    lease.endWish
  ) {
    return;
  }
  const extended = () =>
    rules.askForExtension(lease, {
      actor: SOMEONE,
      now: base.now,
      byMs: DURATIONS.extension * UNIT,
      canExtend: true,
    });
  write(moment, 0, 'the end of A is moved', extended, state => {
    state.budget.extensions -= 1;
    return extensionBeforeEnd(lease, base.now);
  });
}

/** For a while, for as long as it may be, or for longer than that; or no longer. */
function protect(moment: Moment, lease: LeaseRecord): void {
  const { base, rules } = moment;
  const { grantedAt } = lease;
  if (base.budget.protections === 0 || grantedAt === undefined) {
    return;
  }
  const latest = grantedAt + DURATIONS.protection * UNIT;
  const wish = (label: string, until?: Instant) =>
    write(
      moment,
      0,
      label,
      () =>
        rules.askForProtection(lease, {
          actor: SOMEONE,
          now: base.now,
          until,
          canExtend: true,
        }),
      (state, written) => {
        state.budget.protections -= 1;
        return (
          extensionBeforeEnd(lease, base.now) ??
          protectionIsCapped(written, latest)
        );
      },
    );
  wish('A is protected', Math.min(base.now + 2 * UNIT, latest));
  wish('A is protected for as long as it may be', latest);
  wish('A is protected for longer than it may be', latest + UNIT);
  wish('the protection of A is lifted');
}

/** Neither a protection nor the end that it moves goes further than the profile lets it. */
export function protectionIsCapped(
  { id, protectedUntil = 0, expiresAt = 0 }: LeaseRecord,
  latest: Instant,
): Broken | undefined {
  return Math.max(protectedUntil, expiresAt) <= latest
    ? undefined
    : {
        invariant: 'protectionIsCapped',
        detail: `${id} is protected for longer than it may be`,
      };
}

/** An end is moved only before it has come. */
export function extensionBeforeEnd(
  lease: LeaseRecord,
  now: Instant,
): Broken | undefined {
  return lease.state === 'active' && lease.expiresAt! > now
    ? undefined
    : {
        invariant: 'extensionBeforeEnd',
        detail: `the end of ${lease.id} was moved when it was over`,
      };
}

function retry(moment: Moment, lease: LeaseRecord): void {
  const { base, rules } = moment;
  if (base.budget.retries === 0 || lease.retryAt === undefined) {
    return;
  }
  write(
    moment,
    0,
    'another try is asked for',
    () => rules.askForRetry(lease, { actor: SOMEONE, now: base.now }),
    state => {
      state.budget.retries -= 1;
      return undefined;
    },
  );
}

/** Writes a wish, if it is one, as the ledger does: the lease's row, and that the engine shall look. */
export function write(
  { copy, emit }: Moment,
  index: number,
  label: string,
  decide: () => Wish | undefined,
  also?: (state: ModelState, written: LeaseRecord) => Broken | undefined,
): void {
  const wish = unlessRefused(decide);
  if (!wish) {
    return;
  }
  const state = copy();
  state.leases[index] = wish.lease;
  state.nextAt = state.now;
  state.turnAt = state.now;
  const broken = also?.(state, wish.lease);
  emit({ label, state, calm: false, broken });
}
