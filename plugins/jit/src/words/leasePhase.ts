import { FINAL_LEASE_STATES, Lease } from '@backstage-jit/plugin-jit-common';

/** Under it a lease warns, and offers to be extended. */
export const SOON_MS = 5 * 60_000;

/** Which of the three lists a lease belongs in. */
export type LeasePhase = 'live' | 'waiting' | 'past';

export function phaseOf(lease: Lease, now: number): LeasePhase {
  const { state, startsAt } = lease;
  if (FINAL_LEASE_STATES.includes(state)) {
    return 'past';
  }
  const scheduled = startsAt !== undefined && Date.parse(startsAt) > now;
  return state === 'requested' || (state === 'approved' && scheduled)
    ? 'waiting'
    : 'live';
}

/** How long an active lease still lasts, in milliseconds and never below 0; undefined for all others. */
export function timeLeftMs(lease: Lease, now: number): number | undefined {
  return lease.state === 'active' && lease.expiresAt
    ? Math.max(0, Date.parse(lease.expiresAt) - now)
    : undefined;
}

/** The part of its time that an active lease has left, from 1 down to 0; undefined for all others. */
export function partLeft(lease: Lease, now: number): number | undefined {
  const left = timeLeftMs(lease, now);
  if (left === undefined) {
    return undefined;
  }
  const whole =
    Date.parse(lease.expiresAt!) - Date.parse(lease.grantedAt ?? '');
  return Math.min(1, left / (whole > 0 ? whole : lease.durationMs));
}

/** How much later the lease could end than it does now, in milliseconds; 0 when its end is fixed. */
export function extensibleByMs(lease: Lease): number {
  const { state, expiresAt, extensibleUntil, extensionsLeft } = lease;
  return state === 'active' &&
    expiresAt &&
    extensibleUntil &&
    extensionsLeft > 0
    ? Math.max(0, Date.parse(extensibleUntil) - Date.parse(expiresAt))
    : 0;
}

/** How much later people could approve it to end, in milliseconds; 0 when they cannot, or decide about that already. */
export function approvableByMs(lease: Lease): number {
  const { state, extensionAsked, extensibleByApprovalMs = 0 } = lease;
  return state === 'active' && !extensionAsked ? extensibleByApprovalMs : 0;
}

/** The latest instant that a protection may reach, in epoch milliseconds; undefined for what cannot be protected. */
export function protectableTo(lease: Lease): number | undefined {
  const { protectableUntil, expiresAt, bundle } = lease;
  if (!protectableUntil || !expiresAt) {
    return undefined;
  }
  // The parts of a bundle end together: one of them cannot outlast the others.
  const instants = bundle ? [protectableUntil, expiresAt] : [protectableUntil];
  return Math.min(...instants.map(Date.parse));
}

export function isProtected({ protectedUntil }: Lease, now: number): boolean {
  return protectedUntil !== undefined && Date.parse(protectedUntil) > now;
}
