import {
  EndReason,
  FINAL_LEASE_STATES,
} from '@backstage-jit/plugin-jit-common';
import { Draft } from './Draft';
import { isKept } from './lastCopy';
import { Instant, LeaseRecord } from './records';
import { mayExistOutside } from './states';

/** What happened to one thing outside, and is not true of the others. */
const OF_ONE_THING: readonly EndReason[] = [
  'removed-outside',
  'resurrected',
  'orphaned',
];

/** The other parts of a lease's bundle, in any state and in no order. */
export function otherParts(draft: Draft, lease: LeaseRecord): LeaseRecord[] {
  return lease.bundle
    ? [...draft.leases, ...draft.otherParts].filter(
        each =>
          each.bundle &&
          each.requestId === lease.requestId &&
          each.id !== lease.id,
      )
    : [];
}

/** Whether all the parts before it are active, so that its own grant may begin. */
export function mayBegin(draft: Draft, lease: LeaseRecord): boolean {
  return otherParts(draft, lease)
    .filter(each => isBefore(each, lease))
    .every(each => each.state === 'active');
}

/** Whether a later part may still exist outside: what that stands on is not taken away from under it. Its closed copy stands on nothing. */
export function isStoodOn(draft: Draft, lease: LeaseRecord): boolean {
  return otherParts(draft, lease).some(
    each =>
      isBefore(lease, each) && mayExistOutside(each.state) && !isKept(each),
  );
}

/** The part that has ended or is about to, if there is one: the whole bundle ends with it. */
export function partThatEnds(
  draft: Draft,
  lease: LeaseRecord,
): LeaseRecord | undefined {
  return otherParts(draft, lease).find(
    each =>
      each.endWish !== undefined ||
      each.state === 'revoking' ||
      FINAL_LEASE_STATES.includes(each.state),
  );
}

/** How a lease ends because a part of its bundle does. */
export function endOfBundle(part: LeaseRecord): {
  reason: EndReason;
  actor?: string;
  why: string;
} {
  const { endWish, lastError, profileTitle } = part;
  const reason = part.endReason ?? endWish?.reason ?? 'failed';
  const detail = endWish?.why ?? lastError?.message;
  return {
    reason: OF_ONE_THING.includes(reason) ? 'failed' : reason,
    actor: endWish?.actor,
    why: `Ends together with ${profileTitle} (${reason}${
      detail ? `: ${detail}` : ''
    })`,
  };
}

/**
 * The end of an active lease, and how far it may be moved. A bundle has one clock, which starts when its first part becomes active.
 */
export function clockOf(
  draft: Draft,
  lease: LeaseRecord,
  now: Instant,
): Pick<LeaseRecord, 'expiresAt' | 'extensibleUntil' | 'extensionsLeft'> {
  const first = firstPart(draft, lease);
  if (first?.expiresAt === undefined) {
    return {
      expiresAt: now + lease.durationMs,
      extensibleUntil: now + lease.maximumLifeMs,
      extensionsLeft: lease.extensionsLeft,
    };
  }
  const { expiresAt, extensibleUntil, extensionsLeft } = first;
  return { expiresAt, extensibleUntil, extensionsLeft };
}

/** The part whose clock the lease follows; undefined for a lease that has its own. */
export function firstPart(
  draft: Draft,
  lease: LeaseRecord,
): LeaseRecord | undefined {
  return otherParts(draft, lease).find(each => each.bundle?.part === 0);
}

function isBefore(a: LeaseRecord, b: LeaseRecord): boolean {
  return a.bundle!.part < b.bundle!.part;
}
