import { FINAL_LEASE_STATES, Lease } from '@backstage-jit/plugin-jit-common';
import { SOON_MS, timeLeftMs } from '../../words';

/** How often a lease has to be drawn anew for what it says to be true, in milliseconds. */
export function stepOf(lease: Lease, now: number): number {
  if (FINAL_LEASE_STATES.includes(lease.state)) {
    return 60_000;
  }
  const left = timeLeftMs(lease, now);
  if (left !== undefined) {
    return left <= SOON_MS + 5_000 ? 1_000 : 5_000;
  }
  return lease.state === 'requested' ? 30_000 : 1_000;
}
