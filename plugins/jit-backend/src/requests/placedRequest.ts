import { randomUUID } from 'node:crypto';
import { entitlementOf } from '../leases/entitlementOf';
import {
  EntitlementRecord,
  EventDraft,
  Instant,
  LeaseRecord,
} from '../leases/records';
import { RequestDraft } from './RequestDraft';
import { RequestRecord } from './RequestRecord';
import { rulesOfUse } from './rulesOfUse';
import { startOf } from './startOf';

/** A lease as it enters the ledger. */
export interface NewLease {
  lease: LeaseRecord;
  entitlement: EntitlementRecord;
  events: EventDraft[];
}

/**
 * The rows of a request that is granted by rule: nobody has to decide about it.
 *
 * @throws InputError for a start that cannot be
 */
export function placedRequest(
  draft: RequestDraft,
  now: Instant,
  /** The entitlements of the leases whose last copies are taken over, by their ids. */
  copies: ReadonlyMap<string, string> = new Map(),
): { request: RequestRecord; leases: NewLease[] } {
  const { requester, subject, via, reason } = draft;
  const startsAt = startOf(draft.startsAt, now);
  const request: RequestRecord = {
    id: randomUUID(),
    state: 'approved',
    version: 1,
    kind: 'new',
    requester,
    subject,
    reason,
    via,
    breakGlass: false,
    steps: [],
    revision: 1,
    requestedAt: now,
    startsAt,
    decidedAt: now,
  };
  const leases = draft.parts.map((_part, index) =>
    newLease({ draft, index, request, startsAt, now, copies }),
  );
  return { request, leases };
}

function newLease(options: {
  draft: RequestDraft;
  /** Of the part in the draft. */
  index: number;
  request: RequestRecord;
  startsAt: Instant;
  now: Instant;
  copies: ReadonlyMap<string, string>;
}): NewLease {
  const { draft, index, request, startsAt, now } = options;
  const { bundle, origin } = draft;
  const part = draft.parts[index];
  const { requester, subject, via } = request;
  const { provider, entityRef, durationMs, reason, subjectProfile, restores } =
    part;
  const { content, hash } = part.pinned;
  const { profileId, connection } = content;
  const { durations, extension } = bundle ?? content;
  const id = randomUUID();
  const key = provider.entitlementKey?.({
    lease: { id, subject, requester, entityRef, profileId, subjectProfile },
    params: provider.paramsSchema.parse(content.parameters),
  });
  const entitlement = entitlementOf({
    leaseId: (restores && options.copies.get(restores)) ?? id,
    connection,
    provider: provider.id,
    key,
  });
  const lease: LeaseRecord = {
    id,
    requestId: request.id,
    entitlementId: entitlement.id,
    kind: content.kind,
    state: 'approved',
    version: 1,
    profileId,
    profileTitle: content.title,
    profileHash: hash,
    provider: provider.id,
    connection,
    parameters: content.parameters,
    requester,
    subject,
    subjectProfile,
    entityRef,
    reason,
    via,
    restores,
    originType: origin?.type,
    originId: origin?.id,
    ...(bundle && {
      bundle: {
        id: bundle.id,
        title: bundle.title,
        part: index,
        parts: draft.parts.length,
      },
      awaitsParts: index > 0 || undefined,
    }),
    durationMs,
    grantWithinMs: content.grantWithinMs,
    extensionsLeft: extension?.times ?? 0,
    maximumLifeMs: extension
      ? durations.maximumMs + extension.maximumMs
      : durationMs,
    ...rulesOfUse(content),
    requestedAt: now,
    startsAt,
    nextActionAt: startsAt,
    attempts: 0,
    eventSequence: 0,
    eventHead: '',
  };
  const events: EventDraft[] = [
    {
      leaseId: id,
      type: 'lease.requested',
      actor: requester,
      to: 'requested',
      ...(reason && { why: reason }),
      ...((via || origin || bundle || restores) && {
        data: {
          ...(restores && { restores }),
          ...(via && { via }),
          ...(origin && { origin: { ...origin } }),
          ...(bundle && { bundle: bundle.id, part: index + 1 }),
        },
      }),
    },
    {
      leaseId: id,
      type: 'lease.approved',
      actor: 'system:policy',
      from: 'requested',
      to: 'approved',
      why: part.rule,
    },
  ];
  return { lease, entitlement, events };
}
