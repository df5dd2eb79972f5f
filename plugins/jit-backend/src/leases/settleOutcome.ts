import { ConnectionSignal, Surroundings } from './advance';
import { clockOf, partThatEnds } from './bundle';
import {
  CallOutcome,
  EligibilityVerdict,
  Look,
  StepProgress,
} from './CallOutcome';
import { Draft } from './Draft';
import { sortFacts } from './facts';
import {
  affectedBy,
  applyFailure,
  leaveInDoubt,
  recordFailure,
  succeeded,
  wentOn,
} from './failures';
import { keepProgress } from './keepProgress';
import { lapseWithoutCopy } from './lastCopy';
import { Failure, Instant, LeaseRecord, PendingCall } from './records';
import { settleInspection, settleKeep, settleRevoke } from './settleRemoval';

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

/** What the grant did beyond the plain case, and what of its facts cannot be kept: a fault of the provider that must show somewhere. */
function reportOf({ facts, report = [] }: StepProgress): string[] {
  const { refused } = sortFacts(facts);
  return refused
    ? [...report, `${refused} of its connection facts cannot be kept`]
    : report;
}
