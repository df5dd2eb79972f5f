import { ConflictError } from '@backstage/errors';
import { RequestChange } from '../../database/operations/requests/changeRequest';
import { RequestView } from '../../database/operations/requests/placeRequest';
import {
  moveByApproval,
  takesItsEndLater,
  tellOfExtension,
} from '../../leases/extension';
import { EventDraft, Instant, LeaseRecord } from '../../leases/records';
import { latestByApproval } from '../../policy';
import { Deed, noted, whyGranted } from '../approval/Deed';
import { Narrowing } from '../approval/narrowing';
import {
  changedRequest,
  decidedRequest,
  waitingRequest,
} from '../approval/nextRequest';
import { StepRecord } from '../approval/StepRecord';
import { RequestDraft } from '../RequestDraft';
import { KeptExtension, KeptRequest, RequestRecord } from '../RequestRecord';

/** One more approval, and others to come. */
export function stillWaiting(
  view: RequestView,
  options: { steps: StepRecord[]; narrowing: Narrowing; deed: Deed },
): RequestChange {
  const { steps, narrowing, deed } = options;
  const left = narrowed(view.request, narrowing);
  return {
    request: waitingRequest(left, { steps, narrowing }),
    leases: [],
    wishes: telling(
      view,
      ({ id }) => noted(id, 'lease.approval-given', deed),
      extensionOf(left),
    ),
  };
}

/**
 * Everything that the policy asks for is there: the end is moved, of all parts of a bundle or of none.
 *
 * @param options - `deed`: the last approval
 */
export function allApproved(
  view: RequestView,
  options: {
    draft: RequestDraft;
    steps: StepRecord[];
    narrowing: Narrowing;
    deed: Deed;
    now: Instant;
  },
): RequestChange {
  const { draft, steps, narrowing, deed } = options;
  const request = narrowed(view.request, narrowing);
  const { from, byMs } = extensionOf(request);
  const partOf = ({ id }: LeaseRecord) =>
    draft.parts[view.leases.findIndex(lease => lease.id === id)];
  return {
    request: decidedRequest(request, {
      as: 'approved',
      steps,
      now: options.now,
    }),
    leases: [],
    wishes: (lease, now) => {
      if (takesItsEndLater(lease)) {
        return undefined;
      }
      const { provider, pinned, rule } = partOf(lease);
      const to = from + byMs;
      const latest = latestByApproval(
        draft.bundle ?? pinned.content,
        lease.grantedAt ?? from,
      );
      if (latest === undefined || to > latest) {
        throw new ConflictError(
          `It cannot be granted any more: ${pinned.content.title} ${
            latest === undefined
              ? 'has no later end by approval'
              : `lasts until ${new Date(latest).toISOString()} at the most`
          }`,
        );
      }
      return moveByApproval(lease, {
        actor: 'system:policy',
        now,
        to,
        requestId: request.id,
        canExtend: provider.supports.extend,
        why: whyGranted(rule, steps),
        ledBy: [noted(lease.id, 'lease.approval-given', deed)],
      });
    },
  };
}

/** It comes to nothing: the end stays where it is. */
export function closed(
  view: RequestView,
  options: {
    as: 'denied' | 'withdrawn' | 'lapsed';
    steps?: StepRecord[];
    deed: Deed;
    now: Instant;
  },
): RequestChange {
  const { as, deed, now } = options;
  const told: Deed =
    as === 'lapsed' && view.leases.some(lease => isOver(lease, now))
      ? { ...deed, why: 'The lease ended before people had decided' }
      : deed;
  return {
    request: decidedRequest(view.request, options),
    leases: [],
    wishes: telling(view, ({ id }) => noted(id, `lease.extension-${as}`, told)),
  };
}

/** The rules changed under it, and everybody who decides has to see that. */
export function roundAgain(
  view: RequestView,
  options: {
    draft: RequestDraft;
    steps: StepRecord[];
    changes: NonNullable<RequestRecord['changes']>;
    lapsesAt: Instant;
    why: string;
  },
): RequestChange {
  const { request } = view;
  const { draft, why } = options;
  const extension = extensionOf(request);
  const profileHashes = draft.parts.map(({ pinned }) => pinned.hash);
  return {
    request: {
      ...changedRequest(request, options),
      asked: {
        ...askedOf(request),
        extension: { ...extension, profileHashes },
      },
    },
    pinned: draft.parts.map(({ pinned }) => pinned),
    leases: [],
    wishes: telling(
      view,
      ({ id }) =>
        noted(id, 'lease.rules-changed', { actor: 'system:policy', why }),
      extension,
    ),
  };
}

/** Whether there is no end any more that could be moved. */
export function isOver(
  { state, endWish, expiresAt = 0 }: LeaseRecord,
  now: Instant,
): boolean {
  return state !== 'active' || endWish !== undefined || expiresAt <= now;
}

/** How much later it is asked to be. */
export function extensionOf(request: RequestRecord): KeptExtension {
  return askedOf(request).extension!;
}

function askedOf({ asked }: RequestRecord): KeptRequest {
  return asked!;
}

function narrowed(
  request: RequestRecord,
  { durationMs }: Narrowing,
): RequestRecord {
  const extension = extensionOf(request);
  const byMs = Math.min(extension.byMs, durationMs ?? extension.byMs);
  return {
    ...request,
    asked: { ...askedOf(request), extension: { ...extension, byMs } },
  };
}

/** Tells it on the leases that wait for this. */
function telling(
  { request }: RequestView,
  event: (lease: LeaseRecord) => EventDraft,
  waiting?: KeptExtension,
): RequestChange['wishes'] {
  return lease =>
    lease.extensionAsked?.requestId === request.id
      ? tellOfExtension(lease, event(lease), {
          waiting: waiting && { byMs: waiting.byMs },
        })
      : undefined;
}
