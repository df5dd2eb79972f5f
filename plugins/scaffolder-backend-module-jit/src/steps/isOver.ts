import { FINAL_LEASE_STATES, Lease } from '@backstage-jit/plugin-jit-common';

/** Whether a lease will not be usable any more. */
export function isOver(lease: Lease): boolean {
  return lease.state === 'revoking' || FINAL_LEASE_STATES.includes(lease.state);
}
