import { ErrorClass } from '@backstage-jit/plugin-jit-common';
import { StepInput } from '../leases/advance';
import { CallOutcome } from '../leases/CallOutcome';
import { Answer, Hand, ModelState } from './ModelState';

/** What the worker comes to the ledger with: the answer it got, and what it saw after that. */
export function inputOf(hand: Hand, state: ModelState): StepInput {
  const outcome = outcomeOf(hand, state);
  switch (hand) {
    case 'done, then absent':
      return { type: 'outcome', outcome, look: seen('absent') };
    case 'done, then present':
      return { type: 'outcome', outcome, look: seen('present') };
    case 'done, then connection':
      return { type: 'outcome', outcome, look: failed('connection') };
    default:
      return { type: 'outcome', outcome };
  }
}

/** What the worker tells the ledger about the answer it got to the pending call. */
export function outcomeOf(hand: Hand, state: ModelState): CallOutcome {
  const { operation } = state.entitlement!.call!;
  const answer = hand as Answer;
  switch (answer) {
    case 'done':
    case 'done, then absent':
    case 'done, then present':
    case 'done, then connection':
    case 'not-done': {
      const progress = { done: answer !== 'not-done' };
      switch (operation) {
        case 'grant':
        case 'extend':
        case 'keep':
        case 'revoke':
          return { operation, progress };
        default:
          return { operation: 'mint' };
      }
    }
    case 'absent':
    case 'present':
    case 'pending':
      return {
        operation: operation === 'inspect' ? operation : 'look-before',
        look: { status: answer },
      };
    case 'eligible':
      return { operation: 'eligibility', verdict: { eligible: true } };
    case 'ineligible':
      return {
        operation: 'eligibility',
        verdict: { eligible: false, rule: 'nobody', gone: false },
      };
    default:
      return failed(answer);
  }
}

function seen(status: 'absent' | 'present'): CallOutcome {
  return { operation: 'inspect', look: { status } };
}

function failed(as: ErrorClass): CallOutcome {
  return { failure: { class: as, message: `It was ${as}` } };
}
