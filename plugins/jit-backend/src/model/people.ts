import { LeaseRecord } from '../leases/records';
import { Wish } from '../leases/wishes';
import { Broken } from './Broken';
import { DURATIONS, UNIT } from './Configuration';
import { ModelState } from './ModelState';
import { Moment } from './Moment';
import { newEntitlement, newLease, SOMEONE } from './rows';
import { unlessConflict } from './unlessConflict';

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
    retry(moment, first);
  }
}

function askForSecond({ base, copy, emit, configuration }: Moment): void {
  if (!configuration.bounds.second || base.leases[1] !== 'unasked') {
    return;
  }
  const state = copy();
  ask(state, 1, configuration);
  emit({ label: 'B is asked for and approved', state, calm: false });
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
  const { base, rules } = moment;
  if (
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

/** An end is moved only before it has come. */
export function extensionBeforeEnd(
  lease: LeaseRecord,
  now: number,
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
function write(
  { copy, emit }: Moment,
  index: number,
  label: string,
  decide: () => Wish | undefined,
  also?: (state: ModelState) => Broken | undefined,
): void {
  const wish = unlessConflict(decide);
  if (!wish) {
    return;
  }
  const state = copy();
  state.leases[index] = wish.lease;
  state.nextAt = state.now;
  state.turnAt = state.now;
  const broken = also?.(state);
  emit({ label, state, calm: false, broken });
}
