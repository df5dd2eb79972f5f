import { Instant } from '../leases/records';

/** Whether the queue hands out the entitlement: while its connection is left alone, only for what needs no call. */
export function isDue(queue: {
  now: Instant;
  nextAt?: Instant;
  turnAt?: Instant;
  pausedUntil?: Instant;
}): boolean {
  const { now, nextAt, turnAt, pausedUntil } = queue;
  const paused = pausedUntil !== undefined && pausedUntil > now;
  const at = paused ? turnAt : nextAt;
  return at !== undefined && at <= now;
}
