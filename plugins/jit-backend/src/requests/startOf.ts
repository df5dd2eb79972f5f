import { InputError } from '@backstage/errors';
import { Instant } from '../leases/records';

/** How far a caller's clock may be behind ours. */
const TOLERANCE_MS = 60_000;

const FURTHEST_DAYS = 30;
const FURTHEST_MS = FURTHEST_DAYS * 24 * 3_600_000;

/**
 * When a request starts.
 *
 * @param now - the database's
 * @throws InputError for a start in the past, or too far away
 */
export function startOf(startsAt: Instant | undefined, now: Instant): Instant {
  if (startsAt === undefined) {
    return now;
  }
  if (startsAt < now - TOLERANCE_MS) {
    throw new InputError('startsAt is in the past');
  }
  if (startsAt > now + FURTHEST_MS) {
    throw new InputError(`startsAt is more than ${FURTHEST_DAYS} days away`);
  }
  return Math.max(startsAt, now);
}
