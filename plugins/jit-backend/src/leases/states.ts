import { LeaseState } from '@backstage-jit/plugin-jit-common';

/** Ended before anything of the lease existed outside, as far as the ledger knows. */
export const NEVER_GRANTED: readonly LeaseState[] = [
  'denied',
  'withdrawn',
  'lapsed',
];

/** Every way a lease may change its state. Nothing else writes one. */
const ALLOWED: Record<LeaseState, readonly LeaseState[]> = {
  requested: ['approved', 'denied', 'withdrawn', 'lapsed'],
  approved: ['granting', 'denied', 'withdrawn', 'lapsed'],
  granting: ['active', 'revoking'],
  active: ['revoking'],
  revoking: ['revoked'],
  revoked: ['revoking'],
  // A ledger that was put back in time does not know that it granted these.
  denied: ['revoking'],
  withdrawn: ['revoking'],
  lapsed: ['revoking'],
};

/** @throws Error when the ledger would leave the life of a lease: a programming error, never a user's. */
export function assertTransition(from: LeaseState, to: LeaseState): void {
  if (!ALLOWED[from].includes(to)) {
    throw new Error(`A lease cannot go from ${from} to ${to}`);
  }
}

/** Whether something of the lease may exist outside, so that it counts as holding its entitlement. */
export function mayExistOutside(state: LeaseState): boolean {
  return state === 'granting' || state === 'active' || state === 'revoking';
}

/** Whether the engine still has something to do for the lease. */
export function isUnfinished(state: LeaseState): boolean {
  return state === 'approved' || mayExistOutside(state);
}
