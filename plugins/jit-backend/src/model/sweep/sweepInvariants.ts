import { Difference } from '../../reconcile/compare';
import { Broken } from '../Broken';
import { ModelState } from '../ModelState';

/** Nothing is taken for unknown unless the ledger was put back. */
export function unknownOnlyIfRestored(
  difference: Difference | undefined,
  { sweep }: ModelState,
): Broken | undefined {
  return difference?.type === 'unknown' && !sweep!.restored
    ? broken(
        'unknownOnlyIfRestored',
        'a thing is taken for unknown, and is not',
      )
    : undefined;
}

/** What the ledger does not know is left alone until an operator says go. */
export function adoptedOnlyByWord({ sweep }: ModelState): Broken | undefined {
  return sweep!.report.go
    ? undefined
    : broken('adoptedOnlyByWord', 'an unknown thing is taken back unasked');
}

/** No lease is ended for want of its thing while nobody has touched that. */
export function endedOnlyWhenGone({ sweep }: ModelState): Broken | undefined {
  return sweep!.disturbed
    ? undefined
    : broken(
        'endedOnlyWhenGone',
        'a lease is ended whose thing was never gone',
      );
}

function broken(invariant: string, detail: string): Broken {
  return { invariant, detail };
}
