import {
  extensionDue,
  extensionDueAt,
  NextStep,
  removalDueAt,
} from './chooseNext';
import { budgetEndsAt, budgetWarnsAt } from './cost';
import { Draft } from './Draft';
import { isCopyAtRest } from './lastCopy';
import { Surroundings } from './advance';
import { Instant, LeaseRecord } from './records';

/** When an entitlement needs the engine again. */
export interface Schedule {
  /** For anything, a call included. */
  nextAt?: Instant;
  /** For something that needs no call, and so goes on while the connection is left alone. */
  turnAt?: Instant;
}

/** Writes on each lease when it is next acted on, or since when that is due, and returns the earliest of them. */
export function schedule(
  draft: Draft,
  surroundings: Surroundings,
  next: NextStep,
): Schedule {
  const result: Schedule = {};
  for (const lease of draft.leases) {
    const turnAt = turnDueAt(draft, lease, surroundings);
    const callAt = callDueAt(draft, lease, surroundings);
    const actAt = earliest(turnAt, callAt);
    lease.nextActionAt = isStillDue(lease, actAt, surroundings)
      ? lease.nextActionAt
      : actAt;
    result.turnAt = earliest(result.turnAt, turnAt);
    result.nextAt = earliest(result.nextAt, actAt);
  }
  if (next.do === 'call') {
    result.nextAt = surroundings.now;
  }
  return result;
}

/** What was due and still is has been since then. That another call of the same work follows is no change of the lease. */
function isStillDue(
  { nextActionAt }: LeaseRecord,
  actAt: Instant | undefined,
  { now }: Surroundings,
): boolean {
  return (
    nextActionAt !== undefined &&
    nextActionAt <= now &&
    actAt !== undefined &&
    actAt <= now
  );
}

/** When the lease's state changes without a call. */
function turnDueAt(
  draft: Draft,
  lease: LeaseRecord,
  { now, timings }: Surroundings,
): Instant | undefined {
  switch (lease.state) {
    case 'approved': {
      if (lease.awaitsParts) {
        return now + timings.partsEveryMs;
      }
      const lapsesAt = lease.startsAt + lease.grantWithinMs;
      return draft.entitlement.removal && !isCopyAtRest(draft, now)
        ? lapsesAt
        : Math.min(lapsesAt, Math.max(lease.startsAt, lease.retryAt ?? 0));
    }
    case 'granting':
      return lease.grantDueAt;
    case 'active':
      return [
        budgetEndsAt(lease),
        budgetWarnsAt(lease),
        lease.protectedUntil,
      ].reduce(earliest, lease.expiresAt);
    case 'revoking':
      return draft.entitlement.removal ? undefined : now + timings.partsEveryMs;
    default:
      return undefined;
  }
}

function callDueAt(
  draft: Draft,
  lease: LeaseRecord,
  surroundings: Surroundings,
): Instant | undefined {
  const { now } = surroundings;
  switch (lease.state) {
    case 'granting':
      return draft.entitlement.removal ? undefined : lease.retryAt ?? now;
    case 'active':
      return extensionDue(draft, surroundings)?.id === lease.id
        ? extensionDueAt(draft, lease, surroundings)
        : undefined;
    case 'revoking':
      return draft.entitlement.removal
        ? removalDueAt(draft, surroundings)
        : undefined;
    default:
      return undefined;
  }
}

function earliest(a?: Instant, b?: Instant): Instant | undefined {
  if (a === undefined || b === undefined) {
    return a ?? b;
  }
  return Math.min(a, b);
}
