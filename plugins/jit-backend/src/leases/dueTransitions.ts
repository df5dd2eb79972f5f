import { Surroundings } from './advance';
import { endOfBundle, isStoodOn, mayBegin, partThatEnds } from './bundle';
import { applyBudget } from './cost';
import { Draft } from './Draft';
import { adoptCopy, lapseWithoutCopy, wantsCopy } from './lastCopy';
import { applyIdleness } from './idle';
import { applyProtection } from './protection';
import { LeaseRecord } from './records';
import { resetEntitlement } from './settleRemoval';
import { mayExistOutside } from './states';

/** Moves every lease whose time has come, or whose end was asked for. Needs no call. */
export function applyDueTransitions(
  draft: Draft,
  surroundings: Surroundings,
): void {
  let before: number;
  do {
    before = draft.events.length;
    moveWhatIsDue(draft, surroundings);
    adoptCopy(draft, surroundings.now);
    settleLeaving(draft, surroundings.now);
    // Parts of one bundle can share a thing: what happened to one is due for the next.
  } while (draft.events.length > before);
}

function moveWhatIsDue(draft: Draft, surroundings: Surroundings): void {
  const { now } = surroundings;
  for (const lease of draft.leases) {
    switch (lease.state) {
      case 'approved':
        endBeforeGrant(draft, lease, now);
        break;
      case 'granting':
        if (
          !honourWish(draft, lease, now) &&
          !endWithBundle(draft, lease, now) &&
          lease.grantDueAt! <= now
        ) {
          const { lastError } = lease;
          draft.beginRevoking(lease, {
            reason: 'failed',
            now,
            why: lastError?.message ?? 'Not granted in time',
          });
        }
        break;
      case 'active':
        endActive(draft, lease, surroundings);
        break;
      default:
    }
  }
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
  } else if (endWithBundle(draft, lease, now)) {
    // It is withdrawn.
  } else if (lapseWithoutCopy(draft, lease, now)) {
    // There is nothing to restore.
  } else if (lease.awaitsParts) {
    beginWhenPartsAreThere(draft, lease, now);
  } else if (lease.startsAt + lease.grantWithinMs <= now) {
    const why = lease.lastError?.message ?? 'Could not be started in time';
    draft.move(lease, 'lapsed', { type: 'lease.lapsed', why });
    lease.endReason = 'failed';
    lease.endedAt = now;
  }
}

/** By its clock, because somebody wants it, with its bundle, when its budget is spent, or when it is not used: the first of these that holds is the reason. */
function endActive(
  draft: Draft,
  lease: LeaseRecord,
  { now, timings }: Surroundings,
): void {
  if (lease.expiresAt! <= now) {
    draft.beginRevoking(lease, { reason: 'expired', now });
    return;
  }
  if (honourWish(draft, lease, now) || endWithBundle(draft, lease, now)) {
    return;
  }
  applyBudget(draft, lease, now);
  if (lease.state === 'active') {
    applyProtection(draft, lease, now);
    applyIdleness(draft, lease, { now, holdsMs: timings.activityHoldsMs });
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

/** A bundle ends as one: with the first of its parts that does, whatever that ends of. */
function endWithBundle(draft: Draft, lease: LeaseRecord, now: number): boolean {
  const part = partThatEnds(draft, lease);
  if (!part) {
    return false;
  }
  const { reason, actor, why } = endOfBundle(part);
  if (lease.state === 'approved') {
    draft.move(lease, 'withdrawn', {
      type: 'lease.withdrawn',
      ...(actor && { actor }),
      why,
    });
    lease.endReason = reason;
    lease.endedAt = now;
  } else {
    draft.beginRevoking(lease, { reason, now, actor, why });
  }
  return true;
}

/** The time that a part has to be granted in begins when those before it are active. */
function beginWhenPartsAreThere(
  draft: Draft,
  lease: LeaseRecord,
  now: number,
): void {
  if (mayBegin(draft, lease)) {
    lease.awaitsParts = undefined;
    lease.startsAt = Math.max(lease.startsAt, now);
  }
}

/**
 * What a leaving lease needs. A part of a bundle keeps its thing while a later part may still exist. A shared thing stays while another lease holds it, and for good when the subject held it before; there
 * is nothing to remove when no grant was ever sent; otherwise its removal begins, and once begun it is finished before anything is granted again.
 */
function settleLeaving(draft: Draft, now: number): void {
  const { entitlement } = draft;
  const ending = draft.inState('revoking');
  const stoodOn = ending.filter(lease => isStoodOn(draft, lease));
  const leaving = ending.filter(lease => !stoodOn.includes(lease));
  if (!leaving.length || entitlement.removal) {
    return;
  }
  const held = draft.inState('granting', 'active').length + stoodOn.length > 0;
  const untouched = !entitlement.attempted || entitlement.heldBefore === true;
  if (!held && !untouched) {
    entitlement.removal = leaving.every(wantsCopy) ? 'keep' : 'revoke';
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
