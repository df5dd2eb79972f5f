import { Surroundings } from './advance';
import { Look, StepProgress } from './CallOutcome';
import { Draft } from './Draft';
import { countAttempt, wentOn } from './failures';
import { keepProgress } from './keepProgress';
import { settleCopy } from './lastCopy';
import { Instant, LeaseRecord, PendingCall } from './records';

/** The last copy of what is leaving is made, or was not to be had. */
export function settleKeep(
  draft: Draft,
  lease: LeaseRecord,
  call: PendingCall,
  progress: StepProgress,
  surroundings: Surroundings,
): void {
  settleLeavingStep(draft, lease, progress, surroundings);
  if (progress.done) {
    settleCopy(draft, {
      now: surroundings.now,
      closedAt: call.startedAt,
      kept: progress.kept !== false,
    });
  }
}

/** Once all is removed, it has to be seen to be gone. */
export function settleRevoke(
  draft: Draft,
  lease: LeaseRecord,
  progress: StepProgress,
  surroundings: Surroundings,
): void {
  settleLeavingStep(draft, lease, progress, surroundings);
  if (progress.done && draft.entitlement.removal) {
    draft.entitlement.removal = 'inspect';
  }
}

/** A step of what happens to a thing that is leaving, and so to all leases that leave it. */
function settleLeavingStep(
  draft: Draft,
  lease: LeaseRecord,
  progress: StepProgress,
  { now, timings }: Surroundings,
): void {
  for (const each of draft.inState('revoking')) {
    wentOn(each);
    keepProgress(each, each.id === lease.id ? progress : { done: false });
    if (!progress.done) {
      each.note = progress.note;
      each.retryAt = now + (progress.lookAgainInMs ?? timings.lookEveryMs);
    }
  }
  if (progress.report?.length) {
    draft.note(lease, {
      type: 'revoke.report',
      data: { report: progress.report },
    });
  }
}

/** Revoked is what is seen to be gone: at once, or where reads lag twice. What is still there is removed again. */
export function settleInspection(
  draft: Draft,
  call: PendingCall,
  look: Look,
  surroundings: Surroundings,
): void {
  const { now, timings, traits } = surroundings;
  const { entitlement } = draft;
  const leaving = draft.inState('revoking');
  for (const lease of leaving) {
    wentOn(lease);
    lease.residual = look.residual ?? lease.residual;
    lease.aliveUntil = look.aliveUntil;
    lease.blockers = look.blockers;
  }
  if (look.status !== 'absent') {
    entitlement.absentSince = undefined;
  }

  if (look.status === 'pending') {
    retryAt(leaving, now + (look.lookAgainInMs ?? timings.lookEveryMs));
  } else if (look.status === 'present' && look.aliveUntil !== undefined) {
    retryAt(leaving, Math.max(look.aliveUntil, now + timings.lookEveryMs));
  } else if (look.status === 'present') {
    entitlement.removal = 'revoke';
    for (const lease of leaving) {
      countAttempt(
        draft,
        lease,
        {
          class: 'retryable',
          message: look.blockers?.length
            ? `Still there: ${look.blockers.join('; ')}`
            : 'Still there after it was revoked',
        },
        surroundings,
      );
      lease.blockers = look.blockers;
    }
  } else if (traits.lagMs === 0) {
    finishRemoval(draft, look, now);
  } else if (entitlement.absentSince === undefined) {
    entitlement.absentSince = now;
  } else if (call.startedAt >= entitlement.absentSince + traits.lagMs) {
    finishRemoval(draft, look, now);
  }
}

function finishRemoval(draft: Draft, look: Look, now: Instant): void {
  const { verified } = look;
  for (const lease of draft.inState('revoking')) {
    const { residual } = lease;
    const data = {
      ...(residual && { residual }),
      ...(verified === false && { verified }),
    };
    draft.move(lease, 'revoked', {
      type: 'lease.revoked',
      ...(Object.keys(data).length && { data }),
    });
    lease.verified = verified;
    lease.verifiedAt = verified === false ? undefined : now;
    lease.aliveUntil = undefined;
  }
  resetEntitlement(draft);
}

/** Nothing of the entitlement exists outside any more: the next lease on it starts from nothing. */
export function resetEntitlement(draft: Draft): void {
  const { entitlement } = draft;
  entitlement.heldBefore = undefined;
  entitlement.attempted = false;
  entitlement.identity = undefined;
  entitlement.fenceUntil = undefined;
  entitlement.removal = undefined;
  entitlement.absentSince = undefined;
  entitlement.outsideUntil = undefined;
}

function retryAt(leases: LeaseRecord[], at: Instant): void {
  for (const lease of leases) {
    lease.retryAt = at;
  }
}
