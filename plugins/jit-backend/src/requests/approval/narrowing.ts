import { InputError } from '@backstage/errors';
import { RequestDecision } from '@backstage-jit/plugin-jit-common';
import { formatDuration, parseDuration } from '../../policy';
import { readInstant } from '../../policy/readInstant';
import { Instant, LeaseRecord } from '../../leases/records';
import { startOf } from '../startOf';

/** How an approver gives less than what was asked for. */
export interface Narrowing {
  durationMs?: number;
  startsAt?: Instant;
}

/** What was asked for, as it is narrowed. A later end has no start: it goes on where the lease would end. */
export type Asked = Pick<LeaseRecord, 'durationMs'> &
  Partial<Pick<LeaseRecord, 'startsAt'>>;

/**
 * @param now - the database's
 * @throws InputError for a duration that is longer, or a start that is earlier, than what was asked for
 */
export function readNarrowing(
  order: RequestDecision,
  leases: Asked[],
  now: Instant,
): Narrowing {
  const { decision, duration, startsAt } = order;
  if (decision === 'deny' && (duration ?? startsAt) !== undefined) {
    throw new InputError(
      'duration and startsAt can only be given with an approval',
    );
  }
  return {
    ...(duration !== undefined && { durationMs: shorter(duration, leases) }),
    ...(startsAt !== undefined && {
      startsAt: later(readInstant(startsAt, 'startsAt'), leases, now),
    }),
  };
}

/** A lease with what is left of it. */
export function narrowed<
  T extends Pick<LeaseRecord, 'durationMs' | 'startsAt'>,
>(
  lease: T,
  { durationMs = lease.durationMs, startsAt = lease.startsAt }: Narrowing,
): T {
  return {
    ...lease,
    durationMs: Math.min(lease.durationMs, durationMs),
    startsAt: Math.max(lease.startsAt, startsAt),
  };
}

function shorter(duration: unknown, leases: Asked[]): number {
  const given = parseDuration(duration);
  const asked = Math.max(...leases.map(lease => lease.durationMs));
  if (given === undefined || given <= 0) {
    throw new InputError(
      `duration is not a duration such as 30m, PT30M or { minutes: 30 }, up to the ${formatDuration(
        asked,
      )} that were asked for`,
    );
  }
  if (given > asked) {
    throw new InputError(
      `duration is longer than the ${formatDuration(
        asked,
      )} that were asked for`,
    );
  }
  return given;
}

function later(given: Instant, leases: Asked[], now: Instant): Instant {
  const starts = leases.flatMap(lease => lease.startsAt ?? []);
  if (!starts.length) {
    throw new InputError(
      'startsAt cannot be given: a later end goes on where the lease would end',
    );
  }
  const startsAt = startOf(given, now);
  if (startsAt < Math.min(...starts)) {
    throw new InputError('startsAt is earlier than what was asked for');
  }
  return startsAt;
}
