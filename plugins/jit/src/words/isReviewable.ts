import { Lease, LeaseState } from '@backstage-jit/plugin-jit-common';

const NEVER_IN: LeaseState[] = ['denied', 'withdrawn', 'lapsed'];

/** Whether somebody went in without approval, and nobody has looked at it yet. */
export function isReviewable({ breakGlass, state }: Lease): boolean {
  return Boolean(
    breakGlass && !breakGlass.reviewedAt && !NEVER_IN.includes(state),
  );
}
