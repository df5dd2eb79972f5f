import { Draft } from './Draft';
import { Instant, LeaseRecord } from './records';

/** What one look says about the use of a thing, by the ledger's clock. */
export interface Sighting {
  /** When the look began: of use after that it says nothing. */
  lookBeganAt: Instant;
  /** When the answer about this thing came, which is not before it was asked for. */
  at: Instant;
  idleForMs?: number;
  counter?: string;
}

/**
 * The lease with what a look has shown. A counter that was never seen before may stand for use, so it counts as use; a look that can tell nothing
 * changes nothing.
 */
export function withSighting(
  lease: LeaseRecord,
  { lookBeganAt, at, idleForMs, counter }: Sighting,
): LeaseRecord {
  if (idleForMs === undefined && counter === undefined) {
    return lease;
  }
  const counted = counter !== undefined && counter !== lease.activityCounter;
  const lastActivityAt = latest(
    lease.lastActivityAt,
    idleForMs === undefined ? undefined : at - Math.max(0, idleForMs),
    counted ? at : undefined,
  );
  return {
    ...lease,
    lastActivityAt,
    activitySeenUntil: latest(lease.activitySeenUntil, lookBeganAt),
    activityCounter: counter ?? lease.activityCounter,
  };
}

/** Since when the lease has not been used: its clock of idleness starts when it becomes active. */
export function unusedSince(lease: LeaseRecord): Instant {
  return latest(lease.grantedAt, lease.lastActivityAt) ?? 0;
}

/**
 * When the lease ends if it is not used until then; undefined when it never ends for that.
 *
 * A warning that came late, because nobody could look, leaves its people half of the time that they should have had.
 */
export function idleEndsAt(lease: LeaseRecord): Instant | undefined {
  const { idleAfterMs, idleWarnMs = 0, protectedUntil } = lease;
  if (idleAfterMs === undefined) {
    return undefined;
  }
  const warnedAt = isWarned(lease) ? lease.idleWarnedAt : undefined;
  return latest(
    unusedSince(lease) + idleAfterMs,
    protectedUntil,
    warnedAt === undefined ? undefined : warnedAt + idleWarnMs / 2,
  );
}

/** When idleness next changes something, provided that the lease is not used until then. */
export function idleStepAt(lease: LeaseRecord): Instant | undefined {
  const endsAt = idleEndsAt(lease);
  return endsAt === undefined || isWarned(lease)
    ? endsAt
    : endsAt - (lease.idleWarnMs ?? 0);
}

/**
 * What is known by now about an active lease's use, and not yet acted upon.
 *
 * Unused is what a complete look has shown to be unused, up to that look and no further: a look that failed, and one that is too old to say
 * anything about now, end nothing.
 *
 * @param holdsMs - how long a look is believed
 */
export function idleStep(
  lease: LeaseRecord,
  { now, holdsMs }: { now: Instant; holdsMs: number },
): 'used-again' | 'warn' | 'end' | undefined {
  const { idleWarnedAt, activitySeenUntil } = lease;
  const stepAt = idleStepAt(lease);
  if (stepAt === undefined) {
    return undefined;
  }
  if (idleWarnedAt !== undefined && !isWarned(lease)) {
    return 'used-again';
  }
  if (
    activitySeenUntil === undefined ||
    activitySeenUntil < stepAt ||
    activitySeenUntil + holdsMs < now
  ) {
    return undefined;
  }
  return isWarned(lease) || !lease.idleWarnMs ? 'end' : 'warn';
}

/** Does what {@link idleStep} says. */
export function applyIdleness(
  draft: Draft,
  lease: LeaseRecord,
  options: { now: Instant; holdsMs: number },
): void {
  const { now } = options;
  if (idleStep(lease, options) === 'used-again') {
    lease.idleWarnedAt = undefined;
    draft.note(lease, { type: 'lease.used-again' });
  }
  switch (idleStep(lease, options)) {
    case 'warn':
      lease.idleWarnedAt = now;
      draft.note(lease, {
        type: 'lease.idle-warned',
        why: `Not used since ${iso(unusedSince(lease))}`,
        data: { endsAt: iso(idleEndsAt(lease)!) },
      });
      break;
    case 'end':
      draft.beginRevoking(lease, {
        reason: 'idle',
        now,
        why: `Not used since ${iso(unusedSince(lease))}`,
      });
      break;
    default:
  }
}

/** Whether its people know that it is not used: use since then makes the warning void. */
function isWarned(lease: LeaseRecord): boolean {
  return (
    lease.idleWarnedAt !== undefined && lease.idleWarnedAt >= unusedSince(lease)
  );
}

function latest(...instants: Array<Instant | undefined>): Instant | undefined {
  const given = instants.filter(instant => instant !== undefined);
  return given.length ? Math.max(...given) : undefined;
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
