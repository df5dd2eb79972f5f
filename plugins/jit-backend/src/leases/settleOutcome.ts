import { Inspection, KeepProgress } from '@backstage-jit/plugin-jit-node';
import { JsonObject } from '@backstage/types';
import { ConnectionSignal, Surroundings } from './advance';
import { clockOf, partThatEnds } from './bundle';
import { Draft } from './Draft';
import { sortFacts } from './facts';
import { lapseWithoutCopy, settleCopy } from './lastCopy';
import {
  affectedBy,
  applyFailure,
  countAttempt,
  leaveInDoubt,
  recordFailure,
  succeeded,
  wentOn,
} from './failures';
import { Failure, Instant, LeaseRecord, PendingCall } from './records';

/** How long after a step that is not done the next one is due, when the provider does not say. */
export type StepProgress = Omit<KeepProgress, 'lookAgainIn'> & {
  lookAgainInMs?: number;
};

/** An inspection with its waits in milliseconds. */
export type Look = Omit<Inspection, 'lookAgainIn'> & { lookAgainInMs?: number };

/** Whether the subject may have what the lease gives. */
export type EligibilityVerdict =
  | {
      eligible: true;
      /** Given when they could not be known before: what they are from now on. */
      parameters?: JsonObject;
    }
  | { eligible: false; rule: string; gone: boolean };

/** What came back from the call whose intent stands in the ledger. */
export type CallOutcome =
  | { failure: Failure }
  | { operation: 'eligibility'; verdict: EligibilityVerdict }
  | { operation: 'look-before' | 'inspect'; look: Look }
  | {
      operation: 'grant' | 'extend' | 'keep' | 'revoke';
      progress: StepProgress;
    }
  | { operation: 'mint' };

/** Writes what the outcome of the pending call makes true. */
export function settleOutcome(
  draft: Draft,
  outcome: CallOutcome,
  surroundings: Surroundings,
): ConnectionSignal | undefined {
  const { call } = draft.entitlement;
  if (!call) {
    throw new Error('There is no call that this outcome belongs to');
  }
  const lease = draft.lease(call.leaseId);
  if (!lease) {
    throw new Error(`The call is about ${call.leaseId}, which is not here`);
  }

  if ('failure' in outcome) {
    return settleFailure(draft, call, lease, outcome.failure, surroundings);
  }

  draft.entitlement.call = undefined;
  if (outcome.operation !== 'mint') {
    wentOn(lease);
  }
  switch (outcome.operation) {
    case 'eligibility':
      settleEligibility(draft, lease, outcome.verdict, surroundings);
      return undefined;
    case 'look-before':
      settleLookBefore(draft, lease, outcome.look, surroundings);
      break;
    case 'grant':
      settleGrant(draft, lease, call, outcome.progress, surroundings);
      break;
    case 'extend':
      settleExtend(draft, lease, call, outcome.progress, surroundings);
      break;
    case 'keep':
      settleKeep(draft, lease, call, outcome.progress, surroundings);
      break;
    case 'revoke':
      settleRevoke(draft, lease, outcome.progress, surroundings);
      break;
    case 'inspect':
      settleInspection(draft, call, outcome.look, surroundings);
      break;
    default:
      break;
  }
  return { type: 'works' };
}

function settleFailure(
  draft: Draft,
  call: PendingCall,
  lease: LeaseRecord,
  failure: Failure,
  surroundings: Surroundings,
): ConnectionSignal | undefined {
  if (failure.class === 'unknown-outcome' || failure.class === 'connection') {
    leaveInDoubt(draft, call);
  } else {
    draft.entitlement.call = undefined;
  }
  if (call.operation === 'eligibility') {
    // The catalog is away, not the connection: nobody else is held up, and it costs no attempt.
    recordFailure(lease, failure, surroundings.now);
    lease.retryAt = surroundings.now + surroundings.timings.probeEveryMs;
    return undefined;
  }
  // A mint is asked for by a person who sees the failure; it says nothing about the lease.
  const affected = call.operation === 'mint' ? [] : affectedBy(draft, lease);
  return applyFailure(draft, affected, failure, surroundings);
}

function retryAt(leases: LeaseRecord[], at: Instant): void {
  for (const lease of leases) {
    lease.retryAt = at;
  }
}

function settleEligibility(
  draft: Draft,
  lease: LeaseRecord,
  verdict: EligibilityVerdict,
  { now }: Surroundings,
): void {
  if (
    lease.state !== 'approved' ||
    lease.endWish ||
    partThatEnds(draft, lease)
  ) {
    return;
  }
  if (verdict.eligible && lapseWithoutCopy(draft, lease, now)) {
    return;
  }
  if (verdict.eligible) {
    lease.parameters = verdict.parameters ?? lease.parameters;
    draft.move(lease, 'granting', { type: 'lease.granting' });
    lease.grantDueAt = now + lease.grantWithinMs;
    return;
  }
  draft.move(lease, 'denied', { type: 'lease.denied', why: verdict.rule });
  lease.endReason = verdict.gone ? 'offboarded' : 'ineligible';
  lease.endedAt = now;
}

/** Whether it was held before is written once, and only from a look that is sure. */
function settleLookBefore(
  draft: Draft,
  lease: LeaseRecord,
  look: Look,
  surroundings: Surroundings,
): void {
  if (look.status === 'pending') {
    lease.retryAt =
      surroundings.now +
      (look.lookAgainInMs ?? surroundings.timings.lookEveryMs);
    return;
  }
  const heldBefore = look.status === 'present';
  draft.entitlement.heldBefore = heldBefore;
  draft.note(lease, { type: 'entitlement.looked-up', data: { heldBefore } });
}

function settleGrant(
  draft: Draft,
  lease: LeaseRecord,
  call: PendingCall,
  progress: StepProgress,
  { now, timings }: Surroundings,
): void {
  const { entitlement } = draft;
  keepProgress(lease, progress);
  if (!progress.done) {
    lease.retryAt = now + (progress.lookAgainInMs ?? timings.lookEveryMs);
    entitlement.outsideUntil = undefined;
    return;
  }
  // An earlier call in doubt may have set its own end since, or may yet: then the next extension, after the fence, makes it known.
  entitlement.outsideUntil =
    (entitlement.fenceUntil ?? 0) > call.startedAt ? undefined : call.notAfter;
  if (lease.state === 'granting') {
    activate(draft, lease, now, reportOf(progress));
  }
}

/** Half-way through, which end the outside has is not known. */
function settleExtend(
  draft: Draft,
  lease: LeaseRecord,
  call: PendingCall,
  progress: StepProgress,
  { now, timings }: Surroundings,
): void {
  keepProgress(lease, progress);
  draft.entitlement.outsideUntil = progress.done ? call.notAfter : undefined;
  if (progress.done) {
    succeeded(lease);
  } else {
    lease.retryAt = now + (progress.lookAgainInMs ?? timings.lookEveryMs);
  }
}

/** The clock of a lease starts here, unless it follows that of its bundle. */
export function activate(
  draft: Draft,
  lease: LeaseRecord,
  now: Instant,
  report?: string[],
): void {
  draft.move(lease, 'active', {
    type: 'lease.active',
    ...(report?.length && { data: { report } }),
  });
  lease.lastError = undefined;
  lease.grantedAt = now;
  Object.assign(lease, clockOf(draft, lease, now));
}

function settleKeep(
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

function settleRevoke(
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

function settleInspection(
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

/** What the grant did beyond the plain case, and what of its facts cannot be kept: a fault of the provider that must show somewhere. */
function reportOf({ facts, report = [] }: StepProgress): string[] {
  const { refused } = sortFacts(facts);
  return refused
    ? [...report, `${refused} of its connection facts cannot be kept`]
    : report;
}

function keepProgress(lease: LeaseRecord, progress: StepProgress): void {
  if (progress.handle) {
    lease.handle = progress.handle as LeaseRecord['handle'];
  }
  lease.facts = sortFacts(progress.facts).kept ?? lease.facts;
  lease.note = progress.done ? undefined : progress.note;
}
