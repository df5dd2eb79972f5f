import { LeaseState } from '@backstage-jit/plugin-jit-common';

/** Every way a lease may change its state. Nothing else writes one. */
const ALLOWED: Record<LeaseState, readonly LeaseState[]> = {
  requested: ['approved', 'denied', 'withdrawn', 'lapsed'],
  approved: ['granting', 'denied', 'withdrawn', 'lapsed'],
  granting: ['active', 'revoking'],
  active: ['revoking'],
  revoking: ['revoked'],
  revoked: ['revoking'],
  denied: [],
  withdrawn: [],
  lapsed: [],
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
