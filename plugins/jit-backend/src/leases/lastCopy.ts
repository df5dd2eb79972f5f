import { EndReason } from '@backstage-jit/plugin-jit-common';
import { Draft } from './Draft';
import { succeeded } from './failures';
import { Instant, LeaseRecord } from './records';

/** After these there is nothing to keep: nobody ever had it, or it is not there any more. */
const NOTHING_TO_KEEP: readonly (EndReason | undefined)[] = [
  'failed',
  'removed-outside',
  'resurrected',
  'orphaned',
];

/**
 * Whether a last copy is to be made of what an ending lease gave, before it is removed. One that was to be restored, and could not be, is kept on.
 */
export function wantsCopy(lease: LeaseRecord): boolean {
  const { keepMs, keptUntil, grantedAt, restores, endReason } = lease;
  if (keepMs === undefined || keptUntil !== undefined) {
    return false;
  }
  return restores !== undefined && grantedAt === undefined
    ? endReason !== 'removed-outside'
    : grantedAt !== undefined && !NOTHING_TO_KEEP.includes(endReason);
}

/** Whether nothing is left of the lease but its closed copy, or the removal of that. */
export function isKept(lease: LeaseRecord): boolean {
  return lease.state === 'revoking' && lease.keptUntil !== undefined;
}

/** Whether the entitlement is at rest as a copy, so that another lease may take it over. Its removal has not begun, and cannot before its time. */
export function isCopyAtRest(draft: Draft, now: Instant): boolean {
  const leaving = draft.inState('revoking');
  return (
    draft.entitlement.removal === 'revoke' &&
    leaving.length > 0 &&
    leaving.every(({ keptUntil }) => (keptUntil ?? 0) > now)
  );
}

/** The copy becomes the thing of a lease that is being granted: it is no more to be removed, and who left it has no part in it. */
export function adoptCopy(draft: Draft, now: Instant): void {
  const adopts = draft.inState('granting').some(({ restores }) => restores);
  if (adopts && isCopyAtRest(draft, now)) {
    draft.entitlement.removal = undefined;
  }
}

/** A lease that was to take over a copy which is not there any more gives nothing else in its place. */
export function lapseWithoutCopy(
  draft: Draft,
  lease: LeaseRecord,
  now: Instant,
): boolean {
  if (lease.restores === undefined || isCopyAtRest(draft, now)) {
    return false;
  }
  draft.move(lease, 'lapsed', {
    type: 'lease.lapsed',
    why: 'The last copy that it was to restore is not there any more',
  });
  lease.endReason = 'failed';
  lease.endedAt = now;
  return true;
}

/** When the copy was made, and what the lease gave was there no more; undefined when there is none. */
export function keptSince({
  keepMs,
  keptUntil,
}: LeaseRecord): Instant | undefined {
  return keepMs === undefined || keptUntil === undefined
    ? undefined
    : keptUntil - keepMs;
}

/**
 * The copy is made: it stays until its time is over, and then its removal goes on as any.
 *
 * Not before all earlier calls are over: a late one may open what is closed now, so it is closed once more after that.
 */
export function settleCopy(
  draft: Draft,
  options: {
    now: Instant;
    /** When the call was made that closed it. */
    closedAt: Instant;
    /** False when there was nothing to keep. */
    kept: boolean;
  },
): void {
  const { entitlement } = draft;
  const { now, closedAt, kept } = options;
  const fence = entitlement.fenceUntil ?? 0;
  for (const lease of draft.inState('revoking')) {
    if (kept && fence > closedAt) {
      lease.retryAt = Math.max(fence, now);
    } else if (kept) {
      succeeded(lease);
      const keptUntil = now + (lease.keepMs ?? 0);
      lease.keptUntil = keptUntil;
      draft.note(lease, {
        type: 'lease.kept',
        data: { until: new Date(keptUntil).toISOString() },
      });
    }
  }
  if (!kept || fence <= closedAt) {
    entitlement.removal = 'revoke';
  }
}
