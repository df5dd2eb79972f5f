import { DURATIONS, UNIT } from './Configuration';
import { isAnswer } from './codes';
import { isDue } from './isDue';
import { Moment } from './Moment';
import { isNext } from './sweep/nextOf';
import { leaveBehind, pass, takeEffect } from './outside';

/** What happens whatever people and workers do: time, the network, the outside system. */
export function worldActs(moment: Moment): void {
  tick(moment);
  outsideActs(moment);
}

/** The same but for time, of which there is only one. */
export function outsideActs(moment: Moment): void {
  land(moment);
  goAway(moment);
  repoint(moment);
}

/** Time stands still while an answer is due, and while a claim would run out under a call, unless that is one of the faults to come. */
export function tick({ base, copy, emit, configuration, rules }: Moment): void {
  const { hand, entitlement, now } = base;
  const next = now + UNIT;
  const lapses = base.claimUntil !== undefined && base.claimUntil <= next;
  const call = hand === 'calling' ? entitlement!.call! : undefined;
  if (
    call &&
    (lapses
      ? base.budget.crashes === 0
      : call.startedAt + DURATIONS.callTimeout * UNIT <= next)
  ) {
    return;
  }
  const state = copy();
  state.now = next;
  if (lapses) {
    state.claimUntil = undefined;
    state.late += state.hand && configuration.bounds.lateWrites ? 1 : 0;
    state.hand = undefined;
  }
  if (lapses && call) {
    state.budget.crashes -= 1;
    leaveBehind(state, call, rules);
  }
  pass(state, configuration);
  if (state.sweep) {
    state.sweep.swept = false;
  }
  const calm =
    hand === undefined &&
    base.late === 0 &&
    !base.down &&
    !base.repointed &&
    !isNext(base) &&
    (base.claimUntil !== undefined || !isDue(base));
  emit({ label: 'time passes', state, calm });
}

function land({ base, copy, emit, configuration }: Moment): void {
  base.flights.forEach((flight, index) => {
    const state = copy();
    state.flights.splice(index, 1);
    takeEffect(state, flight, configuration);
    emit({ label: `a late ${flight.operation} lands`, state, calm: false });
  });
}

function goAway({ base, copy, emit }: Moment): void {
  if (base.down) {
    const state = copy();
    state.down = false;
    emit({ label: 'the system is back', state, calm: true });
  } else if (base.budget.downs > 0) {
    const state = copy();
    state.down = true;
    state.budget.downs -= 1;
    emit({ label: 'the system goes away', state, calm: false });
  }
}

function repoint({ base, copy, emit }: Moment): void {
  if (base.repointed) {
    const state = copy();
    state.repointed = false;
    emit({ label: 'the connection is pointed back', state, calm: !base.down });
  } else if (
    base.budget.repoints > 0 &&
    base.hand !== 'calling' &&
    !isAnswer(base.hand)
  ) {
    const state = copy();
    state.repointed = true;
    state.budget.repoints -= 1;
    emit({
      label: 'the connection is pointed at another system',
      state,
      calm: false,
    });
  }
}
