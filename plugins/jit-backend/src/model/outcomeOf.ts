import { CallOutcome } from '../leases/settleOutcome';
import { Answer, Hand, ModelState } from './ModelState';

/** What the worker tells the ledger about the answer it got to the pending call. */
export function outcomeOf(hand: Hand, state: ModelState): CallOutcome {
  const { operation } = state.entitlement!.call!;
  const answer = hand as Answer;
  switch (answer) {
    case 'done':
    case 'not-done': {
      const progress = { done: answer === 'done' };
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
      return { failure: { class: answer, message: `It was ${answer}` } };
  }
}
