import { StepInput } from '../leases/advance';
import { answersTo, looksOfRemoval } from './answers';
import { commit, commitMint, Gate, looksAtOnce } from './commit';
import { UNIT } from './Configuration';
import { ModelState, WORKERS } from './ModelState';
import { isDue } from './isDue';
import { Moment } from './Moment';
import { inputOf } from './outcomeOf';
import { leaveBehind } from './outside';
import { rows } from './rows';

/** What the workers do: claim, commit, hear an answer, die, and come too late. */
export function workersAct(moment: Moment): void {
  const { base } = moment;
  const calm = !base.down && !base.repointed;
  switch (base.hand) {
    case undefined:
      claim(moment, calm && base.late === 0);
      break;
    case 'claimed':
      commits(moment, { type: 'claimed' }, calm);
      break;
    case 'claimed-to-mint':
      for (const gate of gatesOf(base)) {
        const state = moment.copy();
        const broken = commitMint({
          ...moment,
          state,
          gate,
          claimIsMine: true,
        });
        moment.emit({
          label: `worker commits to mint${gate.open ? '' : ', no system'}`,
          state,
          calm,
          broken,
        });
      }
      break;
    case 'calling':
      answersTo(moment, calm);
      renew(moment);
      break;
    default:
      commits(moment, inputOf(base.hand, base), calm);
      lookAtOnce(moment, calm);
  }
  crash(moment);
  comeTooLate(moment, calm);
}

function claim(
  { base, copy, emit, configuration }: Moment,
  calm: boolean,
): void {
  if (
    !base.entitlement ||
    base.claimUntil !== undefined ||
    base.late >= WORKERS
  ) {
    return;
  }
  if (isDue(base)) {
    const state = copy();
    take(state, 'claimed', configuration);
    emit({ label: 'worker claims', state, calm });
  }
  if (
    base.budget.mints > 0 &&
    rows(base).some(lease => lease.state === 'active')
  ) {
    const state = copy();
    state.budget.mints -= 1;
    take(state, 'claimed-to-mint', configuration);
    emit({ label: 'worker claims to mint', state, calm: false });
  }
}

function lookAtOnce(moment: Moment, calm: boolean): void {
  const { base } = moment;
  const [gate] = gatesOf(base);
  if (
    base.hand === 'done' &&
    base.entitlement!.call!.operation === 'revoke' &&
    looksAtOnce({ ...moment, state: base, gate, claimIsMine: true })
  ) {
    looksOfRemoval(moment, calm);
  }
}

function take(
  state: ModelState,
  hand: 'claimed' | 'claimed-to-mint',
  configuration: Moment['configuration'],
): void {
  state.hand = hand;
  state.claimUntil = state.now + configuration.claimLife * UNIT;
}

function commits(moment: Moment, input: StepInput, calm: boolean): void {
  for (const gate of gatesOf(moment.base)) {
    const state = moment.copy();
    const broken = commit(input, {
      ...moment,
      state,
      gate,
      claimIsMine: true,
    });
    const call = state.hand === 'calling' && state.entitlement?.call;
    const next = call
      ? `calls ${call.operation} for ${call.leaseId}`
      : 'lets go';
    moment.emit({
      label: `worker commits${gate.open ? '' : ', no system'}, ${next}`,
      state,
      calm,
      broken,
    });
  }
}

/** While the system is away, whether a worker notices before it calls depends on what it remembers. */
function gatesOf(state: ModelState): Gate[] {
  const away: Gate = {
    open: false,
    failure: { class: 'connection', message: 'The system is away' },
  };
  if (state.repointed) {
    return state.entitlement?.identity
      ? [{ open: true, identity: 'another' }]
      : [
          {
            open: false,
            failure: { class: 'misconfigured', message: 'No such connection' },
          },
        ];
  }
  const open: Gate = { open: true, identity: 'ours' };
  return state.down ? [open, away] : [open];
}

function renew({ base, copy, emit, configuration }: Moment): void {
  const until = base.now + configuration.claimLife * UNIT;
  if (base.claimUntil! < until) {
    const state = copy();
    state.claimUntil = until;
    emit({ label: 'worker renews its claim', state, calm: false });
  }
}

/** A dead worker's claim stays until it runs out, and its call may still land. */
function crash({ base, copy, emit, rules }: Moment): void {
  if (base.hand === undefined || base.budget.crashes === 0) {
    return;
  }
  const state = copy();
  state.budget.crashes -= 1;
  const call = state.entitlement?.call;
  if (base.hand === 'calling' && call) {
    leaveBehind(state, call, rules);
  }
  state.hand = undefined;
  emit({ label: 'worker dies', state, calm: false });
}

function comeTooLate(moment: Moment, calm: boolean): void {
  const { base, copy, emit, rules } = moment;
  if (base.late === 0) {
    return;
  }
  const state = copy();
  state.late -= 1;
  const broken =
    rules.mayWrite(false) && state.entitlement
      ? commit(
          { type: 'claimed' },
          {
            ...moment,
            state,
            gate: gatesOf(state)[0],
            claimIsMine: false,
          },
        )
      : undefined;
  emit({
    label: 'worker that lost its claim tries to commit',
    state,
    calm: calm && base.hand === undefined,
    broken,
  });
}
