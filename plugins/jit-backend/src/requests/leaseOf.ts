import { entitlementOf } from '../leases/entitlementOf';
import { EntitlementRecord, Instant, LeaseRecord } from '../leases/records';
import { RequestDraft, RequestedPart } from './RequestDraft';
import { RequestRecord } from './RequestRecord';
import { rulesOfUse } from './rulesOfUse';

/** What a lease takes over that restores another. */
export interface LastCopy {
  entitlementId: string;
  /** For how long it was kept. */
  keepMs?: number;
}

/** A lease of a request as its rules make it, before anything is decided about it. */
export function leaseOf(options: {
  draft: RequestDraft;
  /** Of the part in the draft. */
  index: number;
  request: RequestRecord;
  id: string;
  startsAt: Instant;
  /** The last copies that are taken over, by their leases. */
  copies: ReadonlyMap<string, LastCopy>;
}): { lease: LeaseRecord; entitlement: EntitlementRecord } {
  const { draft, index, request, id, startsAt, copies } = options;
  const { bundle, origin } = draft;
  const part = draft.parts[index];
  const { provider, entityRef, durationMs, reason, subjectProfile } = part;
  const { content, hash } = part.pinned;
  const { durations, extension } = bundle ?? content;
  const entitlement = entitlementFor({ part, request, id, copies });
  const lease: LeaseRecord = {
    id,
    requestId: request.id,
    entitlementId: entitlement.id,
    kind: content.kind,
    state: 'requested',
    version: 1,
    profileId: content.profileId,
    profileTitle: content.title,
    profileHash: hash,
    provider: provider.id,
    connection: content.connection,
    parameters: content.parameters,
    requester: request.requester,
    subject: request.subject,
    subjectProfile,
    entityRef,
    reason,
    via: request.via,
    restores: part.restores,
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
    // What nobody approved is not made longer.
    extensionsLeft: request.breakGlass ? 0 : extension?.times ?? 0,
    maximumLifeMs:
      extension && !request.breakGlass
        ? durations.maximumMs + extension.maximumMs
        : durationMs,
    ...rulesOfUse(content),
    // What was kept is not dropped because its profile keeps nothing any more: a restore may fail.
    keepMs: content.keepMs ?? copies.get(part.restores ?? '')?.keepMs,
    ...(request.breakGlass && {
      protectMaximumMs: undefined,
      breakGlass: true,
      untoldSince: request.requestedAt,
      reviewDueAt:
        startsAt + durationMs + (content.breakGlass?.reviewWithinMs ?? 0),
    }),
    requestedAt: request.requestedAt,
    startsAt,
    attempts: 0,
    eventSequence: 0,
    eventHead: '',
  };
  return { lease, entitlement };
}

/** The outside thing that a lease would have for itself, or share. */
function entitlementFor(options: {
  part: RequestedPart;
  request: Pick<RequestRecord, 'requester' | 'subject'>;
  id: string;
  copies: ReadonlyMap<string, LastCopy>;
}): EntitlementRecord {
  const { part, request, id, copies } = options;
  const { provider, entityRef, subjectProfile, restores } = part;
  const { connection, parameters, profileId } = part.pinned.content;
  const { requester, subject } = request;
  const key = provider.entitlementKey?.({
    lease: { id, subject, requester, entityRef, profileId, subjectProfile },
    params: provider.paramsSchema.parse(parameters),
  });
  return entitlementOf({
    leaseId: copies.get(restores ?? '')?.entitlementId ?? id,
    connection,
    provider: provider.id,
    key,
  });
}
