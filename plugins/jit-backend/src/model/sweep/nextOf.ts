import { isDue } from '../isDue';
import { ModelState } from '../ModelState';
import { Sweep } from './Sweep';

/** Whether in a calm world the sweep comes next, before time passes. */
export function isNext(state: ModelState): boolean {
  return (
    nextOf(state) !== undefined &&
    state.hand === undefined &&
    state.late === 0 &&
    !state.down &&
    !state.repointed &&
    (state.claimUntil !== undefined || !isDue(state))
  );
}

/** What is left to be done by the sweep, or by an operator. */
export function nextOf(state: ModelState): 'go' | 'sweep' | undefined {
  const { sweep } = state;
  if (!sweep) {
    return undefined;
  }
  if (sweep.pass) {
    return 'sweep';
  }
  if (sweep.report.held && !sweep.report.go) {
    return 'go';
  }
  return differs(state) && !sweep.swept && !isToBeRestored(sweep)
    ? 'sweep'
    : undefined;
}

/** Where the ledger is to be put back, it is swept after that: what comes before is explored where it is not. */
export function isToBeRestored({ budget }: Sweep): boolean {
  return budget.restores > 0;
}

function differs({ present, entitlement, leases }: ModelState): boolean {
  return present
    ? entitlement === undefined
    : leases.some(
        lease => typeof lease !== 'string' && lease.state === 'active',
      );
}
