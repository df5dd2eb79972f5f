import { idleStep } from '../leases/idle';
import { DURATIONS, UNIT } from './Configuration';
import { Moment } from './Moment';

/** How the first lease's thing is used, and how that is looked at. */
export function useIsSeen(moment: Moment): void {
  const { base, configuration } = moment;
  const [lease] = base.leases;
  if (
    !configuration.used ||
    typeof lease === 'string' ||
    lease.state !== 'active'
  ) {
    return;
  }
  isUsed(moment);
  if (base.use.look) {
    writeLook(moment);
  } else {
    beginLook(moment);
  }
}

function isUsed({ base, copy, emit }: Moment): void {
  if (base.budget.uses === 0) {
    return;
  }
  const state = copy();
  state.use.at.push(state.now);
  state.budget.uses -= 1;
  emit({ label: 'A is used', state, calm: false });
}

/** A look that begins sees all that was before it. It may be written at once, late, or never. */
function beginLook({ base, copy, emit }: Moment): void {
  const state = copy();
  state.use.look = { beganAt: base.now, lastUse: base.use.at.at(-1) };
  emit({ label: 'somebody looks how A is used', state, calm: false });
}

/** As the ledger does it: what was seen, and that the engine shall look when it decides something. */
function writeLook({ base, copy, emit, rules }: Moment): void {
  const state = copy();
  const [lease] = state.leases;
  const look = state.use.look!;
  state.use.look = undefined;
  if (typeof lease === 'string') {
    return;
  }
  const { beganAt } = look;
  const seen = rules.withSighting(lease, {
    lookBeganAt: beganAt,
    at: beganAt,
    idleForMs: beganAt - (look.lastUse ?? lease.grantedAt!),
  });
  state.leases[0] = seen;
  const holdsMs = DURATIONS.lookHolds * UNIT;
  if (idleStep(seen, { now: base.now, holdsMs })) {
    state.nextAt = state.now;
    state.turnAt = state.now;
  }
  emit({ label: 'what the look saw is written', state, calm: false });
}
