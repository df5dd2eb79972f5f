import { ConnectionSignal, Surroundings } from './advance';
import { backoffMs } from './backoff';
import { Draft } from './Draft';
import { Failure, Instant, LeaseRecord, PendingCall } from './records';

/**
 * Takes over from a worker that died or lost its claim: its call may still take effect, so nothing counts as absent before it has had its
 * time.
 */
export function recoverCall(draft: Draft): void {
  const { call } = draft.entitlement;
  if (call) {
    leaveInDoubt(draft, call);
  }
}

/** Forgets the call but not that it may still land. */
export function leaveInDoubt(draft: Draft, call: PendingCall): void {
  const { entitlement } = draft;
  entitlement.call = undefined;
  switch (call.operation) {
    case 'eligibility':
    case 'look-before':
    case 'inspect':
      return;
    case 'extend':
    case 'grant':
      // Which end the outside has now is not known; the next extension sets it.
      entitlement.outsideUntil = undefined;
      break;
    default:
  }
  entitlement.fenceUntil = Math.max(
    entitlement.fenceUntil ?? 0,
    call.landsUntil,
  );
}

/** A removal is of the entitlement, so what happens to it happens to all leases that are leaving. */
export function affectedBy(draft: Draft, lease: LeaseRecord): LeaseRecord[] {
  return lease.state === 'revoking' ? draft.inState('revoking') : [lease];
}

/** What a failure means for the leases it concerns, and for the connection. */
export function applyFailure(
  draft: Draft,
  affected: LeaseRecord[],
  failure: Failure,
  surroundings: Surroundings,
): ConnectionSignal | undefined {
  const { now } = surroundings;
  switch (failure.class) {
    case 'connection':
    case 'rate-limited':
      for (const lease of affected) {
        recordFailure(lease, failure, now);
      }
      return failure.class === 'connection'
        ? { type: 'failed' }
        : {
            type: 'paused',
            until: now + Math.max(failure.retryAfterMs ?? 0, 1000),
          };
    default:
      for (const lease of affected) {
        countAttempt(draft, lease, failure, surroundings);
      }
      return undefined;
  }
}

/** Records a failure that costs an attempt, and when to try again. */
export function countAttempt(
  draft: Draft,
  lease: LeaseRecord,
  failure: Failure,
  surroundings: Surroundings,
): void {
  const { now, random, timings } = surroundings;
  lease.attempts += 1;
  recordFailure(lease, failure, now);
  lease.retryAt = now + backoffMs(timings.backoff, lease.attempts, random);
  draft.note(lease, {
    type: 'attempt.failed',
    why: failure.message,
    data: { class: failure.class, attempts: lease.attempts },
  });
}

export function recordFailure(
  lease: LeaseRecord,
  failure: Failure,
  now: Instant,
): void {
  lease.lastError = { class: failure.class, message: failure.message, at: now };
}

/** What was tried again and again has worked. */
export function succeeded(lease: LeaseRecord): void {
  lease.attempts = 0;
  lease.retryAt = undefined;
  lease.lastError = undefined;
}

/**
 * One call of several has worked, which says nothing about the next: a teardown that begins well each time and then fails has failed as often as it did,
 * and waits longer each time. Only what held up the whole connection is over.
 */
export function wentOn(lease: LeaseRecord): void {
  lease.retryAt = undefined;
  if (lease.attempts === 0 || isOfConnection(lease.lastError)) {
    lease.lastError = undefined;
  }
}

function isOfConnection(failure: LeaseRecord['lastError']): boolean {
  return failure?.class === 'connection' || failure?.class === 'rate-limited';
}
