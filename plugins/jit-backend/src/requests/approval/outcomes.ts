import {
  LeaseChange,
  RequestChange,
} from '../../database/operations/requests/changeRequest';
import { RequestView } from '../../database/operations/requests/placeRequest';
import { Instant, LeaseRecord } from '../../leases/records';
import { endReasonFor } from '../../leases/wishes';
import { leaseOf } from '../leaseOf';
import { RequestDraft } from '../RequestDraft';
import { RequestRecord } from '../RequestRecord';
import { Deed, noted, whyGranted } from './Deed';
import { Narrowing, narrowed } from './narrowing';
import { changedRequest, decidedRequest, waitingRequest } from './nextRequest';
import { StepRecord } from './StepRecord';

/** One more approval, and others to come. */
export function stillWaiting(
  { request, leases }: RequestView,
  options: { steps: StepRecord[]; narrowing: Narrowing; deed: Deed },
): RequestChange {
  const { steps, narrowing, deed } = options;
  return {
    request: waitingRequest(request, { steps, narrowing }),
    leases: leases.map(lease => ({
      lease: narrowed(lease, narrowing),
      events: [noted(lease.id, 'lease.approval-given', deed)],
    })),
  };
}

/**
 * Everything that the policy asks for is there: the leases are granted, in their order.
 *
 * @param options - `deed`: the last approval
 */
export function allApproved(
  { request, leases }: RequestView,
  options: {
    draft: RequestDraft;
    steps: StepRecord[];
    narrowing: Narrowing;
    deed: Deed;
    now: Instant;
  },
): RequestChange {
  const { draft, steps, narrowing, deed, now } = options;
  return {
    request: decidedRequest(request, { as: 'approved', steps, now }),
    leases: leases.map((lease, index): LeaseChange => {
      const { content } = draft.parts[index].pinned;
      const { extension } = draft.bundle ?? content;
      const { durationMs, startsAt } = narrowed(lease, narrowing);
      const begins = Math.max(startsAt, now);
      const { rule } = draft.parts[index];
      return {
        lease: {
          ...lease,
          state: 'approved',
          durationMs,
          // What people approved is what counts, and not what they might have been asked for.
          maximumLifeMs: durationMs + (extension?.maximumMs ?? 0),
          startsAt: begins,
          nextActionAt: begins,
        },
        queued: anew(lease, { draft, index, request }).entitlement,
        events: [
          noted(lease.id, 'lease.approval-given', deed),
          {
            leaseId: lease.id,
            type: 'lease.approved',
            actor: 'system:policy',
            from: 'requested',
            to: 'approved',
            why: whyGranted(rule, steps),
          },
        ],
      };
    }),
  };
}

/** It comes to nothing: nothing of it ever existed outside. */
export function closed(
  { request, leases }: RequestView,
  options: {
    as: 'denied' | 'withdrawn' | 'lapsed';
    steps?: StepRecord[];
    deed: Deed;
    now: Instant;
  },
): RequestChange {
  const { as, deed, now } = options;
  return {
    request: decidedRequest(request, options),
    leases: leases.map(lease => ({
      lease: {
        ...lease,
        state: as,
        endedAt: now,
        ...(as === 'denied' && { endReason: 'denied' as const }),
        ...(as === 'withdrawn' && {
          endReason: endReasonFor(lease, deed.actor),
        }),
      },
      events: [
        {
          ...noted(lease.id, `lease.${as}`, deed),
          from: 'requested' as const,
          to: as,
        },
      ],
    })),
  };
}

/** The rules changed under it: what it asks for is what they say now, and everybody who decides has to see that. */
export function roundAgain(
  { request, leases }: RequestView,
  options: {
    draft: RequestDraft;
    steps: StepRecord[];
    changes: NonNullable<RequestRecord['changes']>;
    lapsesAt: Instant;
    why: string;
  },
): RequestChange {
  const { draft, why } = options;
  return {
    request: changedRequest(request, options),
    pinned: draft.parts.map(({ pinned }) => pinned),
    leases: leases.map((lease, index) => {
      const { id } = lease;
      const revised = anew(lease, { draft, index, request });
      return {
        lease: {
          ...revised.lease,
          version: lease.version,
          originType: lease.originType,
          originId: lease.originId,
          eventSequence: lease.eventSequence,
          eventHead: lease.eventHead,
        },
        events: [
          noted(id, 'lease.rules-changed', { actor: 'system:policy', why }),
        ],
      };
    }),
  };
}

/** What a waiting lease would be by the rules of now. What it takes over was settled when it was asked for. */
function anew(
  { id, startsAt, restores, entitlementId, keepMs }: LeaseRecord,
  options: { draft: RequestDraft; index: number; request: RequestRecord },
): ReturnType<typeof leaseOf> {
  const copies = new Map(
    restores ? [[restores, { entitlementId, keepMs }]] : [],
  );
  return leaseOf({ ...options, id, startsAt, copies });
}
