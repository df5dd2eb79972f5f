import { Operation } from '../../leases/records';
import { mayExistOutside } from '../../leases/states';
import { Broken } from '../Broken';
import { ModelState } from '../ModelState';
import { brokenBy, isAtRest } from '../stateInvariants';
import { leaseOf, Pair, PairConfiguration } from './Pair';
import { PairSuccessor } from './pairSuccessors';

/** A later part leaves `approved`, and is called to be granted, only while the earlier one is active. */
function grantedInOrder(before: Pair, { pair, side }: PairSuccessor) {
  const begins =
    leaseOf(before, 1).state === 'approved' &&
    leaseOf(pair, 1).state === 'granting';
  return side === 1 &&
    (begins || commitsTo('grant', before[1], pair[1])) &&
    leaseOf(pair, 0).state !== 'active'
    ? 'a later part is granted, and the earlier one is not active'
    : undefined;
}

/** The earlier part is not called to be taken back while the later one may exist. */
function revokedInOrder(before: Pair, { pair, side }: PairSuccessor) {
  return side === 0 &&
    commitsTo('revoke', before[0], pair[0]) &&
    mayExistOutside(leaseOf(pair, 1).state)
    ? 'the earlier part is taken back, and a later one may still exist'
    : undefined;
}

function commitsTo(
  operation: Operation,
  before: ModelState,
  after: ModelState,
): boolean {
  return (
    before.hand !== 'calling' &&
    after.hand === 'calling' &&
    after.entitlement?.call?.operation === operation
  );
}

/** Whatever the ledger says: outside, the later thing is never there without the earlier one. */
function standsOnSomething(_before: Pair, { pair }: PairSuccessor) {
  return pair[1].present && !pair[0].present
    ? 'the later thing is there without the earlier one'
    : undefined;
}

/** Parts that are active end at one instant, whichever of them was active when that was moved. */
function oneClock(_before: Pair, { pair }: PairSuccessor) {
  const [first, second] = [leaseOf(pair, 0), leaseOf(pair, 1)];
  return first.state === 'active' &&
    second.state === 'active' &&
    first.expiresAt !== second.expiresAt
    ? 'two active parts end at different times'
    : undefined;
}

const CHECKS = { grantedInOrder, revokedInOrder, standsOnSomething, oneClock };

/** The first promise that a step of a bundle, or what it leads to, does not keep. */
export function brokenByPair(
  before: Pair,
  next: PairSuccessor,
  { sides }: PairConfiguration,
): Broken | undefined {
  for (const [invariant, check] of Object.entries(CHECKS)) {
    const detail = check(before, next);
    if (detail) {
      return { invariant, detail };
    }
  }
  return (
    next.broken ??
    brokenBy(next.pair[0], sides[0]) ??
    brokenBy(next.pair[1], sides[1])
  );
}

export function isPairAtRest([first, second]: Pair): boolean {
  return isAtRest(first) && isAtRest(second);
}
