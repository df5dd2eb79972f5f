import { ConflictError, InputError } from '@backstage/errors';
import { Draft } from './Draft';
import { Instant, LeaseRecord } from './records';
import { wishEvent, Wish, Wisher } from './wishes';

/** The latest instant that a protection of the lease may reach; undefined when its profile allows none. */
export function protectableUntil(lease: LeaseRecord): Instant | undefined {
  const { grantedAt, protectMaximumMs } = lease;
  return grantedAt === undefined || protectMaximumMs === undefined
    ? undefined
    : grantedAt + protectMaximumMs;
}

/**
 * Keeps an active lease until an instant: not being used does not end it before, and neither does its clock, whose end moves there if it is
 * earlier. People, operators, offboarding and the budget still end it. Without an instant, or with one that is over, what protects it is lifted; its end
 * stays where it is.
 *
 * @returns undefined when there is nothing to lift
 * @throws ConflictError when the lease is not active, is ending, or cannot be protected; InputError naming the latest instant
 */
export function askForProtection(
  lease: LeaseRecord,
  wisher: Wisher & {
    until?: Instant;
    why?: string;
    /** Whether the provider can move an end. */
    canExtend: boolean;
  },
): Wish | undefined {
  const { now, until, why, canExtend } = wisher;
  const { id, expiresAt } = lease;
  if (lease.state !== 'active' || !expiresAt || expiresAt <= now) {
    throw new ConflictError(
      `Lease ${id} is not active: there is nothing to protect`,
    );
  }
  if (lease.endWish) {
    throw new ConflictError(
      `Lease ${id} is being ended: it cannot be protected`,
    );
  }
  const changed = { ...lease, idleWarnedAt: undefined, nextActionAt: now };
  if (until === undefined || until <= now) {
    return lease.protectedUntil === undefined
      ? undefined
      : {
          lease: { ...changed, protectedUntil: undefined },
          event: wishEvent(lease, wisher, {
            type: 'lease.protection-lifted',
            ...(why && { why }),
          }),
        };
  }
  const latest = protectableUntil(lease);
  if (latest === undefined) {
    throw new ConflictError(
      `Lease ${id} cannot be protected: its profile does not allow it`,
    );
  }
  if (until > latest) {
    throw new InputError(
      `until is later than ${iso(latest)}, the latest that the profile lets ${
        lease.profileTitle
      } be protected`,
    );
  }
  const moved = until > expiresAt;
  if (moved && lease.bundle) {
    throw new ConflictError(
      `Lease ${id} ends at ${iso(
        expiresAt,
      )} with its bundle and cannot be protected for longer: extend it`,
    );
  }
  if (moved && !canExtend) {
    throw new ConflictError(
      `Lease ${id} ends at ${iso(
        expiresAt,
      )} and cannot be protected for longer: ${
        lease.provider
      } cannot move an end`,
    );
  }
  return {
    lease: {
      ...changed,
      protectedUntil: until,
      expiresAt: Math.max(expiresAt, until),
    },
    event: wishEvent(lease, wisher, {
      type: 'lease.protected',
      ...(why && { why }),
      data: {
        until: iso(until),
        ...(moved && { from: iso(expiresAt), to: iso(until) }),
      },
    }),
    beforeExpiry: true,
  };
}

/**
 * Whether a protection of one part of a bundle has to hold for this other part too: what is not used would end, and the whole bundle with it. The clock of a
 * bundle is not moved by a protection, so the other parts need none.
 */
export function needsSameProtection({ idleAfterMs }: LeaseRecord): boolean {
  return idleAfterMs !== undefined;
}

/** Tells that a protection has run out. */
export function applyProtection(
  draft: Draft,
  lease: LeaseRecord,
  now: Instant,
): void {
  if (lease.protectedUntil !== undefined && lease.protectedUntil <= now) {
    lease.protectedUntil = undefined;
    draft.note(lease, { type: 'lease.protection-over' });
  }
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
