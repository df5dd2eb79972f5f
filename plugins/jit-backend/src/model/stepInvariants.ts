import { Decision, StepInput, Surroundings } from '../leases/advance';
import { EntitlementView, LeaseRecord } from '../leases/records';
import { isUnfinished, mayExistOutside } from '../leases/states';
import { Broken } from './Broken';
import { copyBeforeRemoval, restoresTheCopy } from './copyInvariants';
import { Configuration, DURATIONS, UNIT } from './Configuration';
import { ModelState } from './ModelState';

/** One write of a worker: what it read, what it decided, and the world it happened in. */
export interface Step {
  before: EntitlementView;
  /** What was learnt; not said of a minting. */
  input?: StepInput;
  decision: Omit<Decision, 'events'>;
  surroundings: Surroundings;
  state: ModelState;
  configuration: Configuration;
  /** Whether the claim was the writer's when it wrote. */
  claimWasMine: boolean;
}

export type StepCheck = (step: Step) => string | undefined;

/** Only the holder of a claim that has not run out writes. */
export const oneHand: StepCheck = step =>
  step.claimWasMine ? undefined : 'a worker wrote under a claim it had lost';

/** The call that leaves is the one whose intent stands in the ledger. */
export const intentBeforeEffect: StepCheck = ({ decision }) => {
  const { next } = decision;
  const { call } = decision.view.entitlement;
  if (next.do === 'wait') {
    return call ? 'a call stands in the ledger that nobody makes' : undefined;
  }
  const lease = decision.view.leases.find(
    each => each.id === next.call.leaseId,
  );
  return sameCall(call, next.call) && lease && isUnfinished(lease.state)
    ? undefined
    : 'a call leaves whose intent is not in the ledger';
};

/** No call reaches a system other than the one that the first call about the entitlement reached, nor one that is left alone. */
export const rightSystem: StepCheck = ({ before, decision, surroundings }) => {
  if (
    decision.next.do !== 'call' ||
    decision.next.call.operation === 'eligibility'
  ) {
    return undefined;
  }
  const { gate, now, pausedUntil } = surroundings;
  const { identity } = before.entitlement;
  if (!gate.open || (identity !== undefined && identity !== gate.identity)) {
    return 'a call goes to another system';
  }
  return pausedUntil !== undefined && pausedUntil > now
    ? 'a call goes to a connection that is left alone'
    : undefined;
};

/** After the look at what was removed, and is gone, no call to the outside leaves under the same claim: its slot is another's by then. */
export const slotIsHeld: StepCheck = ({ input, decision }) =>
  input?.type === 'outcome' &&
  input.look &&
  'look' in input.look &&
  input.look.look.status === 'absent' &&
  decision.next.do === 'call' &&
  decision.next.call.operation !== 'eligibility'
    ? 'a call leaves whose slot is another’s'
    : undefined;

/** Nothing shared is granted before it is known, for sure and for good, that the subject does not hold it anyway. */
export const lookedUpBeforeGrant: StepCheck = ({ decision }) => {
  const { entitlement } = decision.view;
  return decision.next.do === 'call' &&
    decision.next.call.operation === 'grant' &&
    entitlement.shared &&
    entitlement.heldBefore !== false
    ? 'granted what the subject may have held before'
    : undefined;
};

/** Nobody loses a lease before its end without a wish, and a grant is given up only when its time is over; or the bundle ends with another part. */
export const neverEarly: StepCheck = ({ before, decision, surroundings }) => {
  if (before.otherParts?.some(isEnding)) {
    return undefined;
  }
  for (const [was, is] of pairs(before, decision.view)) {
    if (was.endWish || is.state === was.state) {
      continue;
    }
    if (
      was.state === 'active' &&
      was.expiresAt! > surroundings.now &&
      is.endReason !== 'idle' &&
      is.endReason !== 'budget'
    ) {
      return `${was.id} ended before its end`;
    }
    if (
      was.state === 'granting' &&
      is.state !== 'active' &&
      // A later part of a bundle can become active when the end of all has come.
      (is.expiresAt === undefined || is.expiresAt > surroundings.now) &&
      was.grantDueAt! > surroundings.now
    ) {
      return `the grant of ${was.id} was given up before its time`;
    }
  }
  return undefined;
};

/** After any write past its end, a lease is not active. */
export const neverLate: StepCheck = ({ decision, surroundings }) => {
  const late = decision.view.leases.find(
    lease => lease.state === 'active' && endOf(lease)! <= surroundings.now,
  );
  return late && `${late.id} is active after its end`;
};

/**
 * What ends for not being used was not used for its idle time, up to a look that is not old; its people were told, after its last use; and nothing
 * protects it.
 */
export const idleMeansUnused: StepCheck = ({ before, decision, ...step }) => {
  const { now } = step.surroundings;
  for (const [was, is] of pairs(before, decision.view)) {
    if (was.state !== 'active' || is.endReason !== 'idle') {
      continue;
    }
    const seenUntil = was.activitySeenUntil ?? -Infinity;
    const lastUse = Math.max(
      was.grantedAt!,
      // What is used at the very instant of a look may be so after it.
      ...step.state.use.at.filter(at => at < seenUntil),
    );
    if (
      lastUse + was.idleAfterMs! > seenUntil ||
      seenUntil + DURATIONS.lookHolds * UNIT < now
    ) {
      return `${was.id} ended, and may have been in use`;
    }
    if (was.idleWarnedAt === undefined || was.idleWarnedAt < lastUse) {
      return `${was.id} ended, and nobody was told before`;
    }
    if ((was.protectedUntil ?? 0) > now) {
      return `${was.id} ended while it was protected`;
    }
  }
  return undefined;
};

/** What ends because its budget is spent has cost it. */
export const budgetIsSpent: StepCheck = ({
  before,
  decision,
  surroundings,
}) => {
  const early = pairs(before, decision.view).find(
    ([was, is]) =>
      was.state === 'active' &&
      is.endReason === 'budget' &&
      was.grantedAt! + DURATIONS.budget * UNIT > surroundings.now,
  );
  return early && `${early[0].id} ended before its budget was spent`;
};

/** An extension that won against expiry stays. */
export const extensionStays: StepCheck = ({ before, decision }) => {
  for (const [was, is] of pairs(before, decision.view)) {
    if (
      was.state === 'active' &&
      is.state === 'active' &&
      was.expiresAt !== is.expiresAt
    ) {
      return `the end of ${was.id} was moved by the engine`;
    }
  }
  return undefined;
};

/** `revoked` is written only when the thing is gone and nothing under way can bring it back, or with the reason why it was kept. */
export const revokedMeansGone: StepCheck = ({
  before,
  decision,
  state,
  configuration,
}) => {
  for (const [was, is] of pairs(before, decision.view)) {
    if (is.state !== 'revoked' || was.state === 'revoked') {
      continue;
    }
    const others = decision.view.leases.filter(each =>
      mayExistOutside(each.state),
    );
    if (is.kept === 'shared' && others.length === 0) {
      return `${is.id} was kept for another lease that is not there`;
    }
    if (is.kept === 'held-before' && !configuration.standing) {
      return `${is.id} was kept for the subject, who did not hold it before`;
    }
    if (
      is.kept ||
      others.length ||
      configuration.standing ||
      state.sweep?.disturbed
    ) {
      continue;
    }
    if (state.present) {
      return `${is.id} is revoked, and its thing is still there`;
    }
    if (state.flights.some(flight => flight.operation !== 'revoke')) {
      return `${is.id} is revoked, and a call may still bring its thing back`;
    }
  }
  return undefined;
};

/** What waits is woken in time: for a call at the latest when it is due, for an end even while the connection is left alone. */
export const staysAwake: StepCheck = ({ decision }) => {
  const { nextAt, turnAt } = decision.schedule;
  for (const lease of decision.view.leases) {
    if (!isUnfinished(lease.state)) {
      continue;
    }
    if (nextAt === undefined) {
      return `nobody will look at ${lease.id} again`;
    }
    const end = endOf(lease);
    if (end !== undefined && (turnAt === undefined || turnAt > end)) {
      return `nobody will look at ${lease.id} when its end comes`;
    }
  }
  return undefined;
};

const CHECKS = Object.entries({
  oneHand,
  intentBeforeEffect,
  rightSystem,
  slotIsHeld,
  lookedUpBeforeGrant,
  neverEarly,
  neverLate,
  idleMeansUnused,
  budgetIsSpent,
  extensionStays,
  revokedMeansGone,
  staysAwake,
  copyBeforeRemoval,
  restoresTheCopy,
});

/** The first promise that a write does not keep. */
export function brokenByStep(step: Step): Broken | undefined {
  for (const [invariant, check] of CHECKS) {
    const detail = check(step);
    if (detail) {
      return { invariant, detail };
    }
  }
  return undefined;
}

function isEnding({ state, endWish }: LeaseRecord): boolean {
  return endWish !== undefined || state === 'revoking' || !isUnfinished(state);
}

/** When what a lease is now is over, whatever anybody wishes or sees. */
function endOf(lease: LeaseRecord): number | undefined {
  switch (lease.state) {
    case 'granting':
      return lease.grantDueAt;
    case 'active':
      return Math.min(
        lease.expiresAt!,
        lease.price && lease.grantedAt !== undefined
          ? lease.grantedAt + DURATIONS.budget * UNIT
          : Infinity,
      );
    default:
      return undefined;
  }
}

function pairs(
  before: EntitlementView,
  after: EntitlementView,
): Array<[LeaseRecord, LeaseRecord]> {
  return before.leases.map(was => [
    was,
    after.leases.find(each => each.id === was.id)!,
  ]);
}

function sameCall(
  a: EntitlementView['entitlement']['call'],
  b: NonNullable<EntitlementView['entitlement']['call']>,
): boolean {
  return (
    a !== undefined &&
    a.operation === b.operation &&
    a.leaseId === b.leaseId &&
    a.startedAt === b.startedAt &&
    a.landsUntil === b.landsUntil &&
    a.notAfter === b.notAfter
  );
}
