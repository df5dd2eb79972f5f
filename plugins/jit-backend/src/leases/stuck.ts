import { EngineSettings } from '../config';
import { Instant, LeaseRecord } from './records';
import { isUnfinished } from './states';

/** When a lease has been without success for too long. */
export type StuckRules = Pick<
  EngineSettings,
  'stuckAfterAttempts' | 'stuckAfterMs'
>;

/**
 * Whether a lease needs somebody to look: it failed too often, or what should have happened to it is late. What provably dies by itself, or
 * is a last copy, is not late before then.
 *
 * `whereStuck` asks the same of the ledger.
 */
export function isStuck(
  lease: LeaseRecord,
  now: Instant,
  rules: StuckRules,
): boolean {
  if (!isUnfinished(lease.state)) {
    return false;
  }
  const dueAt = dueSince(lease);
  return (
    lease.attempts >= rules.stuckAfterAttempts ||
    (dueAt !== undefined && dueAt + rules.stuckAfterMs <= now)
  );
}

/** Since when, or from when on, the lease should be in its next state. */
function dueSince(lease: LeaseRecord): Instant | undefined {
  switch (lease.state) {
    case 'approved':
      return lease.awaitsParts ? undefined : lease.startsAt;
    case 'granting':
      return lease.grantDueAt && lease.grantDueAt - lease.grantWithinMs;
    case 'active':
      return lease.expiresAt;
    default:
      return (
        lease.endedAt &&
        Math.max(lease.endedAt, lease.aliveUntil ?? 0, lease.keptUntil ?? 0)
      );
  }
}
