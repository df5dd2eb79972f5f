import { ConflictError, InputError } from '@backstage/errors';
import { formatDuration } from '../policy/duration';
import { EventDraft, Instant, LeaseRecord } from './records';
import { assertMovable, Wish, wishEvent, Wisher } from './wishes';

/** Whether an end can be moved so far only with the approval of people. What cannot be moved at all needs none. */
export function needsApproval(
  lease: Pick<
    LeaseRecord,
    'state' | 'endWish' | 'expiresAt' | 'extensibleUntil' | 'extensionsLeft'
  >,
  byMs: number,
): boolean {
  const { expiresAt, extensibleUntil = expiresAt, extensionsLeft } = lease;
  return (
    lease.state === 'active' &&
    lease.endWish === undefined &&
    expiresAt !== undefined &&
    (extensionsLeft < 1 || expiresAt + byMs > extensibleUntil!)
  );
}

/** A part of a bundle that is not active yet takes its end from the first part when it is. */
export function takesItsEndLater({ state, bundle }: LeaseRecord): boolean {
  return bundle !== undefined && (state === 'approved' || state === 'granting');
}

/**
 * Notes that people decide about a later end. The present one stays until they have.
 *
 * @throws ConflictError when the end cannot be moved, or such a request waits already; InputError naming how much can be approved
 */
export function askForApproval(
  lease: LeaseRecord,
  wisher: Wisher & {
    requestId: string;
    byMs: number;
    /** How much people can approve of the lease as it is. */
    upToMs: number;
    canExtend: boolean;
    why?: string;
  },
): Wish {
  const { requestId, byMs, upToMs, why } = wisher;
  const from = assertMovable(lease, wisher);
  if (lease.extensionAsked) {
    throw new ConflictError(
      `Request ${lease.extensionAsked.requestId} for a later end of lease ${lease.id} waits for approval already: it can be withdrawn`,
    );
  }
  assertApprovable({ byMs, upToMs });
  return {
    lease: { ...lease, extensionAsked: { requestId, from, byMs } },
    event: wishEvent(lease, wisher, {
      type: 'lease.extension-asked',
      ...(why && { why }),
      data: { requestId, from: iso(from), to: iso(from + byMs) },
    }),
    beforeExpiry: true,
  };
}

/** @throws InputError naming how much can be approved */
export function assertApprovable(options: {
  byMs: number;
  upToMs: number;
}): void {
  if (options.byMs > options.upToMs) {
    throw new InputError(
      `duration is longer than the ${formatDuration(
        options.upToMs,
      )} that people can approve at a time`,
    );
  }
}

/**
 * Moves the end of a lease to where people approved it, whole or not at all, and never to an earlier one.
 *
 * @throws ConflictError when it cannot be moved any more, or is not earlier than that
 */
export function moveByApproval(
  lease: LeaseRecord,
  mover: Wisher & {
    to: Instant;
    requestId: string;
    canExtend: boolean;
    /** By what rules and whom. */
    why: string;
    ledBy: EventDraft[];
  },
): Wish {
  const { now, to, requestId, why, ledBy } = mover;
  const expiresAt = assertMovable(lease, mover);
  if (to <= expiresAt) {
    throw new ConflictError(
      `Lease ${lease.id} lasts until ${iso(
        expiresAt,
      )} by now: there is nothing left to approve`,
    );
  }
  return {
    lease: {
      ...lease,
      expiresAt: to,
      extensionAsked: undefined,
      nextActionAt: now,
    },
    ledBy,
    event: wishEvent(lease, mover, {
      type: 'lease.extended',
      why,
      data: { requestId, from: iso(expiresAt), to: iso(to) },
    }),
    beforeExpiry: true,
  };
}

/** Tells on a lease what became of the request for a later end; the end stays. */
export function tellOfExtension(
  lease: LeaseRecord,
  event: EventDraft,
  options: {
    /** Whether anybody still decides about it, and how much of it then. */
    waiting?: { byMs: number };
  },
): Wish {
  const { waiting } = options;
  const { extensionAsked } = lease;
  return {
    lease: {
      ...lease,
      extensionAsked: waiting &&
        extensionAsked && { ...extensionAsked, ...waiting },
    },
    event,
  };
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
