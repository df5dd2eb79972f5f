import { Surroundings } from './advance';
import { Draft } from './Draft';
import { LeaseRecord } from './records';
import { resetEntitlement } from './settleOutcome';
import { mayExistOutside } from './states';

/** Moves every lease whose time has come, or whose end was asked for. Needs no call. */
export function applyDueTransitions(draft: Draft, { now }: Surroundings): void {
  for (const lease of draft.leases) {
    switch (lease.state) {
      case 'approved':
        endBeforeGrant(draft, lease, now);
        break;
      case 'granting':
        if (!honourWish(draft, lease, now) && lease.grantDueAt! <= now) {
          const { lastError } = lease;
          draft.beginRevoking(lease, {
            reason: 'failed',
            now,
            why: lastError?.message ?? 'Not granted in time',
          });
        }
        break;
      case 'active':
        if (lease.expiresAt! <= now) {
          draft.beginRevoking(lease, { reason: 'expired', now });
        } else {
          honourWish(draft, lease, now);
        }
        break;
      default:
    }
  }
  settleLeaving(draft, now);
}

function endBeforeGrant(draft: Draft, lease: LeaseRecord, now: number): void {
  const { endWish } = lease;
  if (endWish) {
    draft.move(lease, 'withdrawn', {
      type: 'lease.withdrawn',
      actor: endWish.actor,
      ...(endWish.why && { why: endWish.why }),
    });
    lease.endReason = endWish.reason;
    lease.endedAt = now;
  } else if (lease.startsAt + lease.grantWithinMs <= now) {
    const why = lease.lastError?.message ?? 'Could not be started in time';
    draft.move(lease, 'lapsed', { type: 'lease.lapsed', why });
    lease.endReason = 'failed';
    lease.endedAt = now;
  }
}

function honourWish(draft: Draft, lease: LeaseRecord, now: number): boolean {
  const { endWish } = lease;
  if (!endWish) {
    return false;
  }
  draft.beginRevoking(lease, {
    reason: endWish.reason,
    now,
    actor: endWish.actor,
    why: endWish.why,
  });
  return true;
}

/**
 * What a leaving lease needs. A shared thing stays while another lease holds it, and for good when the subject held it before; there
 * is nothing to remove when no grant was ever sent; otherwise its removal begins, and once begun it is finished before anything is granted again.
 */
function settleLeaving(draft: Draft, now: number): void {
  const { entitlement } = draft;
  const leaving = draft.inState('revoking');
  if (!leaving.length || entitlement.removal) {
    return;
  }
  const held = draft.inState('granting', 'active').length > 0;
  const untouched = !entitlement.attempted || entitlement.heldBefore === true;
  if (!held && !untouched) {
    entitlement.removal = 'revoke';
    entitlement.absentSince = undefined;
    return;
  }

  for (const lease of leaving) {
    const kept = keptBecause(entitlement.heldBefore, held);
    draft.move(lease, 'revoked', {
      type: 'lease.revoked',
      ...(kept && { data: { kept } }),
    });
    lease.kept = kept;
    lease.verifiedAt = now;
    // The thing is still there: who stays must know as much about it as who made it.
    for (const staying of draft.inState('granting', 'active')) {
      staying.handle ??= lease.handle;
      staying.facts ??= lease.facts;
    }
  }
  if (!draft.leases.some(lease => mayExistOutside(lease.state))) {
    resetEntitlement(draft);
  }
}

function keptBecause(
  heldBefore: boolean | undefined,
  held: boolean,
): LeaseRecord['kept'] {
  if (heldBefore) {
    return 'held-before';
  }
  return held ? 'shared' : undefined;
}
