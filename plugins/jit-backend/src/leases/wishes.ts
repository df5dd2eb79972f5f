import { ConflictError, InputError } from '@backstage/errors';
import { EndReason } from '@backstage-jit/plugin-jit-common';
import { formatDuration } from '../policy/duration';
import { EventDraft, Instant, LeaseRecord } from './records';
import { isUnfinished } from './states';

/** A wish written on a lease: the record as it shall be, and the event that tells of it. Never another state. */
export interface Wish {
  lease: LeaseRecord;
  event: EventDraft;
  /** What led to it, told before it. */
  ledBy?: EventDraft[];
  /** True when it counts only while the database's clock has not reached the lease's present end. */
  beforeExpiry?: boolean;
}

/** Who wishes, and when. */
export interface Wisher {
  /** An entity ref, or the name of an outside system. */
  actor: string;
  /** The service that acts for the actor. */
  via?: string;
  now: Instant;
}

/** Which end it is when a person ends a lease: their own is given back, another's is taken. */
export function endReasonFor(
  lease: Pick<LeaseRecord, 'subject' | 'requester'>,
  actor: string,
): EndReason {
  return actor === lease.subject || actor === lease.requester
    ? 'returned'
    : 'ended';
}

/**
 * Asks for the end. While the outcome of a grant is not known the wish waits for it.
 *
 * @returns undefined when the lease is ending already
 * @throws ConflictError when it has ended, or was never decided about
 */
export function askForEnd(
  lease: LeaseRecord,
  wisher: Wisher & { reason: EndReason; why?: string },
): Wish | undefined {
  const { actor, now, reason, why } = wisher;
  if (!isUnfinished(lease.state)) {
    throw new ConflictError(
      lease.state === 'requested'
        ? `Lease ${lease.id} waits for a decision: its request can be withdrawn`
        : `Lease ${lease.id} has ended already (${lease.state})`,
    );
  }
  if (lease.state === 'revoking' || lease.endWish) {
    return undefined;
  }
  return {
    lease: {
      ...lease,
      endWish: { reason, actor, at: now, ...(why && { why }) },
      nextActionAt: now,
    },
    event: wishEvent(lease, wisher, {
      type: 'lease.end-asked',
      data: { reason },
      ...(why && { why }),
    }),
  };
}

/**
 * Moves the end of an active lease, whole or not at all. Whether it comes before the expiry is decided where it is written.
 *
 * @throws ConflictError when the lease is not active, is ending, or was extended as often as it may be; InputError naming the latest end
 */
export function askForExtension(
  lease: LeaseRecord,
  wisher: Wisher & {
    byMs: number;
    /** Whether the provider can move an end. */
    canExtend: boolean;
    why?: string;
    /** Why people cannot approve more than that, as a sentence. */
    beyond?: string;
  },
): Wish {
  const { byMs, now } = wisher;
  const { id, extensibleUntil } = lease;
  const beyond = wisher.beyond ? `. ${wisher.beyond}` : '';
  const expiresAt = assertMovable(lease, wisher);
  if (lease.extensionsLeft < 1) {
    throw new ConflictError(
      `The end of lease ${id} cannot be moved any more: its profile allows no further extension${beyond}`,
    );
  }
  const to = expiresAt + byMs;
  const latest = extensibleUntil ?? expiresAt;
  if (to > latest) {
    throw new InputError(
      latest > expiresAt
        ? `duration is longer than the extension of ${formatDuration(
            latest - expiresAt,
          )} that is left: the lease can last until ${iso(latest)}${beyond}`
        : `duration: the lease already lasts until ${iso(
            latest,
          )}, the latest end that its profile allows${beyond}`,
    );
  }
  return {
    lease: {
      ...lease,
      expiresAt: to,
      extensionsLeft: lease.extensionsLeft - 1,
      nextActionAt: now,
    },
    event: wishEvent(lease, wisher, {
      type: 'lease.extended',
      ...(wisher.why && { why: wisher.why }),
      data: { from: iso(expiresAt), to: iso(to) },
    }),
    beforeExpiry: true,
  };
}

/**
 * @returns the present end of a lease
 * @throws ConflictError when that cannot be moved, whoever wishes it
 */
export function assertMovable(
  lease: LeaseRecord,
  { now, canExtend }: { now: Instant; canExtend: boolean },
): Instant {
  const { id, expiresAt } = lease;
  if (lease.state !== 'active' || !expiresAt || expiresAt <= now) {
    throw new ConflictError(
      `Lease ${id} is not active: its end cannot be moved`,
    );
  }
  if (lease.endWish) {
    throw new ConflictError(
      `Lease ${id} is being ended: its end cannot be moved`,
    );
  }
  if (!canExtend) {
    throw new ConflictError(
      `The end of lease ${id} cannot be moved: ${lease.provider} cannot do that`,
    );
  }
  return expiresAt;
}

/**
 * Has the engine try again now, however long it meant to wait.
 *
 * @throws ConflictError when there is nothing left to do for the lease
 */
export function askForRetry(lease: LeaseRecord, wisher: Wisher): Wish {
  if (!isUnfinished(lease.state)) {
    throw new ConflictError(
      `There is nothing to try again for lease ${lease.id} (${lease.state})`,
    );
  }
  return {
    lease: { ...lease, retryAt: undefined, nextActionAt: wisher.now },
    event: wishEvent(lease, wisher, { type: 'lease.retry-asked' }),
  };
}

/** The event of a wish: who wished, and through whom. */
export function wishEvent(
  lease: LeaseRecord,
  { actor, via }: Wisher,
  draft: Pick<EventDraft, 'type' | 'why' | 'data'>,
): EventDraft {
  const data = { ...draft.data, ...(via && { via }) };
  return {
    leaseId: lease.id,
    actor,
    ...draft,
    ...(Object.keys(data).length && { data }),
  };
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
