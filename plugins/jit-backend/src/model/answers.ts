import { hasEffect } from './codes';
import { Answer, ModelState } from './ModelState';
import { Moment } from './Moment';
import { leaveBehind, takeEffect, visible } from './outside';

/** Every way in which the call that is out may be answered, or break off. */
export function answersTo(moment: Moment, calm: boolean): void {
  const { base, verdict } = moment;
  const { operation } = base.entitlement!.call!;
  if (operation === 'eligibility' && verdict) {
    hear(moment, verdict, calm);
    return;
  }
  if (operation === 'eligibility') {
    hear(moment, 'eligible', calm);
    if (base.budget.failures > 0) {
      hear(moment, 'ineligible', false, spend('failures'));
      hear(moment, 'connection', false, spend('failures'));
    }
    return;
  }
  if (base.down) {
    hear(moment, 'connection', false);
    return;
  }
  if (hasEffect(operation)) {
    changes(moment, calm);
  } else {
    looks(moment, calm);
  }
  if (base.budget.failures > 0) {
    hear(moment, 'retryable', false, spend('failures'));
    hear(moment, 'rate-limited', false, spend('failures'));
  }
}

function looks(moment: Moment, calm: boolean): void {
  const { base } = moment;
  for (const seen of visible(base)) {
    hear(moment, seen ? 'present' : 'absent', calm && seen === base.present);
  }
  if (base.budget.failures > 0) {
    hear(moment, 'pending', false, spend('failures'));
  }
  if (base.budget.unknowns > 0) {
    hear(moment, 'unknown-outcome', false, spend('unknowns'));
  }
}

/** Every way in which a look may come out that follows a removal, before the ledger knows of its answer. */
export function looksOfRemoval(moment: Moment, calm: boolean): void {
  const { base } = moment;
  if (base.down) {
    hear(moment, 'done, then connection', false);
    return;
  }
  for (const seen of visible(base)) {
    hear(
      moment,
      seen ? 'done, then present' : 'done, then absent',
      calm && seen === base.present,
    );
  }
}

function changes(moment: Moment, calm: boolean): void {
  const { base, configuration, rules } = moment;
  const call = base.entitlement!.call!;
  if (
    call.operation === 'extend' &&
    !base.present &&
    !configuration.extendCreates
  ) {
    hear(moment, 'retryable', calm);
    return;
  }
  hear(moment, 'done', calm, state => takeEffect(state, call, configuration));
  if (call.operation === 'revoke' && visible(base).includes(false)) {
    // A provider that does not see the thing yet has nothing to take back.
    hear(moment, 'done', false);
  }
  if (base.budget.failures > 0 && call.operation !== 'mint') {
    hear(moment, 'not-done', false, state => {
      spend('failures')(state);
      if (call.operation === 'grant') {
        takeEffect(state, call, configuration);
      }
    });
  }
  if (base.budget.unknowns > 0) {
    for (const answer of ['unknown-outcome', 'connection'] as const) {
      hear(moment, answer, false, state => {
        spend('unknowns')(state);
        leaveBehind(state, call, rules);
      });
    }
  }
}

function hear(
  { copy, emit, base }: Moment,
  answer: Answer,
  calm: boolean,
  change?: (state: ModelState) => void,
): void {
  const state = copy();
  change?.(state);
  state.hand = answer;
  const { operation } = base.entitlement!.call!;
  emit({ label: `${operation} is answered: ${answer}`, state, calm });
}

function spend(of: 'failures' | 'unknowns') {
  return (state: ModelState) => {
    state.budget[of] -= 1;
  };
}
