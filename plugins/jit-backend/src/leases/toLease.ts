import { Lease, LeaseEvent } from '@backstage-jit/plugin-jit-common';
import { LeaseEventRecord } from '../events/LeaseEventRecord';
import { costOf } from './cost';
import { idleEndsAt } from './idle';
import { protectableUntil } from './protection';
import { Instant, LeaseRecord } from './records';
import { isStuck, StuckRules } from './stuck';
import { undeliveredSince } from './undelivered';

/** A lease as the API shows it: never its handle, nor what it is called outside. */
export function toLease(
  record: LeaseRecord,
  now: Instant,
  rules: StuckRules,
): Lease {
  const { lastError, endWish } = record;
  return {
    id: record.id,
    requestId: record.requestId,
    kind: record.kind,
    state: record.state,
    endReason: record.endReason,
    stuck: isStuck(record, now, rules),
    profileId: record.profileId,
    profileTitle: record.profileTitle,
    profileHash: record.profileHash,
    provider: record.provider,
    connection: record.connection,
    entityRef: record.entityRef,
    requester: record.requester,
    subject: record.subject,
    reason: record.reason,
    parameters: record.parameters,
    durationMs: record.durationMs,
    requestedAt: iso(record.requestedAt),
    startsAt: iso(record.startsAt),
    grantedAt: iso(record.grantedAt),
    expiresAt: iso(record.expiresAt),
    endedAt: iso(record.endedAt),
    verifiedAt: iso(record.verifiedAt),
    verified: record.verified,
    aliveUntil: iso(record.aliveUntil),
    residual: record.residual,
    facts: record.facts,
    kept: record.kept,
    keptUntil: iso(record.keptUntil),
    restores: record.restores,
    note: record.note,
    endAskedFor: endWish && {
      at: iso(endWish.at),
      by: endWish.actor,
      reason: endWish.reason,
    },
    attempts: record.attempts,
    nextActionAt: iso(record.nextActionAt),
    lastError: lastError && { ...lastError, at: iso(lastError.at) },
    blockers: record.blockers,
    extensionsLeft: record.extensionsLeft,
    extensibleUntil: iso(record.extensibleUntil),
    extensionAsked: extensionOf(record),
    idle: idleOf(record),
    lastActivityAt: iso(record.lastActivityAt),
    protectedUntil: iso(record.protectedUntil),
    protectableUntil:
      record.state === 'active' ? iso(protectableUntil(record)) : undefined,
    cost: costOf(record, now),
    via: record.via,
    breakGlass: breakGlassOf(record, now),
    bundle: bundleOf(record),
    origin: originOf(record),
    version: record.version,
  };
}

function extensionOf({
  state,
  extensionAsked,
}: LeaseRecord): Lease['extensionAsked'] {
  return extensionAsked && state === 'active'
    ? {
        requestId: extensionAsked.requestId,
        durationMs: extensionAsked.byMs,
        until: iso(extensionAsked.from + extensionAsked.byMs),
      }
    : undefined;
}

function breakGlassOf(record: LeaseRecord, now: Instant): Lease['breakGlass'] {
  const { breakGlass, reviewDueAt, reviewedAt, reviewedBy } = record;
  return breakGlass && reviewDueAt !== undefined
    ? {
        reviewDueAt: iso(reviewDueAt),
        reviewedAt: iso(reviewedAt),
        reviewedBy,
        undeliveredSince: iso(undeliveredSince(record, now)),
      }
    : undefined;
}

function bundleOf({ bundle, awaitsParts }: LeaseRecord): Lease['bundle'] {
  return (
    bundle && {
      id: bundle.id,
      title: bundle.title,
      part: bundle.part + 1,
      parts: bundle.parts,
      waiting: awaitsParts === true,
    }
  );
}

function originOf(record: LeaseRecord): Lease['origin'] {
  const { originType, originId, originSettledAt, originUnknownSince } = record;
  return originType === undefined || originId === undefined
    ? undefined
    : {
        type: originType,
        id: originId,
        settled: originSettledAt !== undefined,
        ...(originUnknownSince !== undefined && {
          unknownSince: iso(originUnknownSince),
        }),
      };
}

function idleOf(record: LeaseRecord): Lease['idle'] {
  const { idleAfterMs, idleWarnMs, state } = record;
  return idleAfterMs === undefined
    ? undefined
    : {
        afterMs: idleAfterMs,
        warnMs: idleWarnMs,
        endsAt: state === 'active' ? iso(idleEndsAt(record)) : undefined,
      };
}

/** A line of a lease's history as the API shows it. */
export function toLeaseEvent(record: LeaseEventRecord): LeaseEvent {
  const { leaseId, sequence, at, type, actor, from, to, why, data } = record;
  return {
    leaseId,
    sequence,
    at: iso(at),
    type,
    actor,
    from,
    to,
    why,
    data,
  };
}

function iso(instant: Instant): string;
function iso(instant: Instant | undefined): string | undefined;
function iso(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}
