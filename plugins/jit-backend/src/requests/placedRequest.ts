import { randomUUID } from 'node:crypto';
import {
  EntitlementRecord,
  EventDraft,
  Instant,
  LeaseRecord,
} from '../leases/records';
import { opened } from './approval/judge';
import { lapsesAfter } from './approval/lapsesAfter';
import { StepRecord } from './approval/StepRecord';
import { LastCopy, leaseOf } from './leaseOf';
import { StaffedDraft } from './RequestDraft';
import { RequestRecord } from './RequestRecord';
import { startOf } from './startOf';

/** A lease as it enters the ledger. */
export interface NewLease {
  lease: LeaseRecord;
  entitlement: EntitlementRecord;
  events: EventDraft[];
}

/**
 * The rows of a request: granted by rule at once, or waiting for the people who decide.
 *
 * @throws InputError for a start that cannot be
 */
export function placedRequest(
  draft: StaffedDraft,
  now: Instant,
  /** The last copies that are taken over, by their leases. */
  copies: ReadonlyMap<string, LastCopy> = new Map(),
): { request: RequestRecord; leases: NewLease[] } {
  const { requester, subject, via, reason, asked } = draft;
  const startsAt = startOf(draft.startsAt, now);
  const breakGlass = draft.breakGlass === true;
  const waits = draft.steps.length > 0 && !breakGlass;
  const leaseIds = draft.parts.map(() => randomUUID());
  const request: RequestRecord = {
    id: randomUUID(),
    state: waits ? 'pending' : 'approved',
    version: 1,
    kind: 'new',
    requester,
    subject,
    reason,
    via,
    breakGlass,
    steps: waits
      ? opened(withoutDecisions(draft), now)
      : withoutDecisions(draft),
    revision: 1,
    requestedAt: now,
    startsAt,
    ...(waits
      ? {
          asked: {
            ...asked,
            leaseIds,
            context: draft.parts.flatMap(({ context = [] }, index) =>
              context.map(each => ({ ...each, leaseId: leaseIds[index] })),
            ),
          },
          lapsesAt: now + lapsesAfter(draft.parts),
        }
      : { decidedAt: now }),
  };
  const leases = draft.parts.map((_part, index) =>
    newLease({
      draft,
      index,
      request,
      id: leaseIds[index],
      startsAt,
      copies,
    }),
  );
  return { request, leases };
}

function withoutDecisions({ steps }: StaffedDraft): StepRecord[] {
  return steps.map(step => ({ ...step, decisions: [] }));
}

function newLease(options: {
  draft: StaffedDraft;
  /** Of the part in the draft. */
  index: number;
  request: RequestRecord;
  id: string;
  startsAt: Instant;
  copies: ReadonlyMap<string, LastCopy>;
}): NewLease {
  const { draft, index, request, id, startsAt } = options;
  const { bundle, origin } = draft;
  const { requester, via } = request;
  const { restores } = draft.parts[index];
  const { lease, entitlement } = leaseOf(options);
  const events: EventDraft[] = [
    {
      leaseId: id,
      type: 'lease.requested',
      actor: requester,
      to: 'requested',
      ...(lease.reason && { why: lease.reason }),
      ...((via || origin || bundle || restores || request.breakGlass) && {
        data: {
          ...(restores && { restores }),
          ...(request.breakGlass && { breakGlass: true }),
          ...(draft.copy && {
            catalogAsOf: new Date(draft.copy.takenAt).toISOString(),
          }),
          ...(via && { via }),
          ...(origin && { origin: { ...origin } }),
          ...(bundle && { bundle: bundle.id, part: index + 1 }),
        },
      }),
    },
  ];
  if (request.state === 'pending') {
    return { lease, entitlement, events };
  }
  return {
    lease: { ...lease, state: 'approved', nextActionAt: startsAt },
    entitlement,
    events: [
      ...events,
      {
        leaseId: id,
        type: 'lease.approved',
        actor: 'system:policy',
        from: 'requested',
        to: 'approved',
        why: draft.parts[index].rule,
      },
    ],
  };
}
