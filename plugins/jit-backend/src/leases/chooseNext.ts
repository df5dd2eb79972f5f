import { ConnectionSignal, Surroundings } from './advance';
import { firstPart } from './bundle';
import { Draft } from './Draft';
import { isCopyAtRest } from './lastCopy';
import {
  Failure,
  Instant,
  LeaseRecord,
  Operation,
  PendingCall,
} from './records';
import { affectedBy, applyFailure } from './failures';
import { activate } from './settleOutcome';

/** What the holder of the claim does once the decision is stored. */
export type NextStep =
  | { do: 'call'; call: PendingCall }
  | { do: 'wait'; connection?: ConnectionSignal };

/**
 * The one call that is due now, its intent written on the entitlement; or none. A removal comes before everything else, so that what is
 * being taken back is never granted at the same time.
 */
export function chooseNext(draft: Draft, surroundings: Surroundings): NextStep {
  return (
    removalStep(draft, surroundings) ??
    eligibilityStep(draft, surroundings) ??
    grantStep(draft, surroundings) ??
    extendStep(draft, surroundings) ?? { do: 'wait' }
  );
}

function removalStep(
  draft: Draft,
  surroundings: Surroundings,
): NextStep | undefined {
  const { removal } = draft.entitlement;
  if (!removal || isCopyAtRest(draft, surroundings.now)) {
    return undefined;
  }
  return removalDueAt(draft, surroundings) <= surroundings.now
    ? outsideCall(draft, draft.inState('revoking')[0], removal, surroundings)
    : { do: 'wait' };
}

/** A last copy has its time first. An inspection counts only once no earlier call can take effect any more, and twice where reads lag. */
export function removalDueAt(
  draft: Pick<Draft, 'entitlement' | 'inState'>,
  { now, traits }: Surroundings,
): Instant {
  const { entitlement } = draft;
  const [{ retryAt: retry = now, keptUntil }] = draft.inState('revoking');
  if (entitlement.removal !== 'inspect') {
    return Math.max(retry, keptUntil ?? now);
  }
  const second =
    entitlement.absentSince === undefined
      ? now
      : entitlement.absentSince + traits.lagMs;
  return Math.max(retry, entitlement.fenceUntil ?? now, second);
}

function eligibilityStep(
  draft: Draft,
  { now, traits }: Surroundings,
): NextStep | undefined {
  const lease = draft
    .inState('approved')
    .find(
      each =>
        !each.awaitsParts &&
        each.startsAt <= now &&
        (each.retryAt ?? now) <= now,
    );
  if (!lease) {
    return undefined;
  }
  const call: PendingCall = {
    operation: 'eligibility',
    leaseId: lease.id,
    startedAt: now,
    landsUntil: now + traits.callTimeoutMs,
  };
  draft.entitlement.call = call;
  return { do: 'call', call };
}

function grantStep(
  draft: Draft,
  surroundings: Surroundings,
): NextStep | undefined {
  const { now } = surroundings;
  const { entitlement } = draft;
  if (entitlement.shared && entitlement.heldBefore) {
    // Granting what the subject holds anyway would make it ours to remove later.
    for (const lease of draft.inState('granting')) {
      activate(draft, lease, now);
    }
    return undefined;
  }
  const lease = draft
    .inState('granting')
    .find(each => (each.retryAt ?? now) <= now);
  if (!lease) {
    return undefined;
  }
  const lookFirst = entitlement.shared && entitlement.heldBefore === undefined;
  return outsideCall(
    draft,
    lease,
    lookFirst ? 'look-before' : 'grant',
    surroundings,
  );
}

function extendStep(
  draft: Draft,
  surroundings: Surroundings,
): NextStep | undefined {
  const lease = extensionDue(draft, surroundings);
  return lease && extensionDueAt(draft, lease, surroundings) <= surroundings.now
    ? outsideCall(draft, lease, 'extend', surroundings)
    : undefined;
}

/** The outside end is set once no earlier call can set another one over it. */
export function extensionDueAt(
  { entitlement }: Pick<Draft, 'entitlement'>,
  lease: LeaseRecord,
  { now }: Surroundings,
): Instant {
  return Math.max(lease.retryAt ?? now, entitlement.fenceUntil ?? now);
}

/** The lease whose end the outside system should have but has not. */
export function extensionDue(
  draft: Pick<Draft, 'entitlement' | 'inState'>,
  { traits, timings }: Surroundings,
): LeaseRecord | undefined {
  if (!traits.canExtend || draft.entitlement.heldBefore) {
    return undefined;
  }
  const last = lastToLeave(draft);
  return last &&
    draft.entitlement.outsideUntil !== last.expiresAt! + timings.outsideGraceMs
    ? last
    : undefined;
}

function lastToLeave(draft: Pick<Draft, 'inState'>): LeaseRecord | undefined {
  return draft
    .inState('active')
    .sort((a, b) => b.expiresAt! - a.expiresAt!)
    .at(0);
}

/**
 * Commits to a call, or records why there is no system to call. While the whole connection is left alone the lease just waits.
 */
function outsideCall(
  draft: Draft,
  lease: LeaseRecord,
  operation: Operation,
  surroundings: Surroundings,
): NextStep {
  const { now, pausedUntil, traits } = surroundings;
  const { entitlement } = draft;
  if (pausedUntil !== undefined && pausedUntil > now) {
    return { do: 'wait' };
  }
  const blocked = gateFailure(draft, surroundings);
  if (blocked) {
    const affected = affectedBy(draft, lease);
    return {
      do: 'wait',
      connection: applyFailure(draft, affected, blocked, surroundings),
    };
  }

  const call: PendingCall = {
    operation,
    leaseId: lease.id,
    startedAt: now,
    landsUntil: now + traits.callTimeoutMs + traits.settleMs,
    notAfter: notAfter(draft, lease, operation, surroundings),
  };
  entitlement.identity = identityOf(surroundings);
  entitlement.attempted ||= operation === 'grant';
  entitlement.call = call;
  return { do: 'call', call };
}

/** Why no call about this entitlement may be made now: no system, or another one than it was granted on. */
export function gateFailure(
  draft: Pick<Draft, 'entitlement'>,
  { gate }: Surroundings,
): Failure | undefined {
  const { identity, connection } = draft.entitlement;
  if (!gate.open) {
    return gate.failure;
  }
  return identity === undefined || identity === gate.identity
    ? undefined
    : {
        class: 'misconfigured',
        message: `Connection ${connection} leads to another system than the one this was granted on: point it back, or remove the thing there by hand`,
      };
}

function identityOf({ gate }: Surroundings): string | undefined {
  return gate.open ? gate.identity : undefined;
}

/** A lease with a clock of its own may become active at the last moment. */
function latestEnd(draft: Draft, lease: LeaseRecord): Instant {
  return (
    firstPart(draft, lease)?.expiresAt ?? lease.grantDueAt! + lease.durationMs
  );
}

/** The outside system's own expiry: later than the lease's end, and never earlier than that of another lease on the same thing. */
function notAfter(
  draft: Draft,
  lease: LeaseRecord,
  operation: Operation,
  { timings }: Surroundings,
): Instant | undefined {
  const { outsideGraceMs } = timings;
  const others = draft
    .inState('active')
    .map(each => each.expiresAt! + outsideGraceMs);
  switch (operation) {
    case 'grant':
      return Math.max(...others, latestEnd(draft, lease) + outsideGraceMs);
    case 'extend':
      return Math.max(...others);
    default:
      return undefined;
  }
}
