import { idleStepAt } from '../leases/idle';
import { Instant, LeaseRecord } from '../leases/records';

/** The shortest time between two looks at one connection. */
const SHORTEST_MS = 500;

/** How often the leases of a connection are looked at: each minute or so, and often enough for the shortest idle time among them. */
export function lookEveryMs(
  leases: Array<Pick<LeaseRecord, 'idleAfterMs'>>,
  everyMs: number,
): number {
  const times = leases.map(({ idleAfterMs = Infinity }) => idleAfterMs / 4);
  return Math.max(SHORTEST_MS, Math.min(everyMs, ...times));
}

/**
 * Whether a connection is to be looked at now: when it is time, or a little earlier when a look would decide something, namely that a lease has
 * not been used for long enough. Then nobody waits a whole round for it.
 */
export function isLookDue(options: {
  /** The active leases on it that end when they are not used. */
  leases: LeaseRecord[];
  everyMs: number;
  /** Since the last look began, whatever came of it; undefined when there was none. */
  sinceLookMs?: number;
  now: Instant;
}): boolean {
  const { leases, everyMs, sinceLookMs = Infinity, now } = options;
  const roundMs = lookEveryMs(leases, everyMs);
  return (
    sinceLookMs >= roundMs ||
    (sinceLookMs >= roundMs / 4 &&
      leases.some(lease => wouldDecide(lease, now)))
  );
}

function wouldDecide(lease: LeaseRecord, now: Instant): boolean {
  const { activitySeenUntil } = lease;
  const stepAt = idleStepAt(lease);
  return (
    activitySeenUntil === undefined ||
    (stepAt !== undefined && stepAt <= now && activitySeenUntil < stepAt)
  );
}
