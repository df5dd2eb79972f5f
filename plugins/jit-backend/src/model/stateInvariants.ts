import { mayExistOutside } from '../leases/states';
import { Broken } from './Broken';
import { copyStaysClosed } from './copyInvariants';
import { Configuration } from './Configuration';
import { waitsForPeople } from './laterInvariants';
import { ModelState } from './ModelState';
import { rows } from './rows';

export type StateCheck = (
  state: ModelState,
  configuration: Configuration,
) => string | undefined;

/** What the subject held before any lease is never taken away. */
export const standingStays: StateCheck = (state, { standing }) =>
  standing && !state.present
    ? 'what the subject held before is gone'
    : undefined;

/** While something of ours is outside, or may yet come to be, an unfinished lease is there that will remove it. */
export const nothingLeftBehind: StateCheck = (state, { standing }) => {
  if (
    state.sweep?.disturbed ||
    rows(state).some(lease => mayExistOutside(lease.state))
  ) {
    return undefined;
  }
  if (state.present && !standing) {
    return 'the thing is there, and no unfinished lease will remove it';
  }
  return !standing &&
    state.flights.some(flight => flight.operation !== 'revoke')
    ? 'a call may still make the thing, and no unfinished lease will remove it'
    : undefined;
};

/** A lease that is active and whose end has not come has its thing, unless that died by an end which the ledger knows of. */
export const activeHasItsThing: StateCheck = state => {
  if (state.sweep?.disturbed || !isActive(state)) {
    return undefined;
  }
  if (state.present) {
    return state.closed
      ? 'a lease is active, and its thing is closed'
      : undefined;
  }
  const { entitlement, diedByItself, now } = state;
  const known = entitlement?.call ? undefined : entitlement?.outsideUntil;
  return diedByItself && (known === undefined || known <= now)
    ? undefined
    : 'a lease is active, and its thing is gone';
};

/** Where the ledger says when the outside thing dies by itself, it does so then: not earlier, and not later. */
export const outsideEndIsKnown: StateCheck = (
  state,
  { endsOutside, standing },
) => {
  const { entitlement, present, presentUntil } = state;
  if (
    !endsOutside ||
    standing ||
    !present ||
    !entitlement ||
    entitlement.call
  ) {
    return undefined;
  }
  return entitlement.outsideUntil === undefined ||
    entitlement.outsideUntil === presentUntil
    ? undefined
    : 'the ledger is wrong about when the thing dies by itself';
};

const CHECKS = Object.entries({
  standingStays,
  nothingLeftBehind,
  activeHasItsThing,
  outsideEndIsKnown,
  copyStaysClosed,
  waitsForPeople,
});

/** The first promise that a state does not keep. */
export function brokenBy(
  state: ModelState,
  configuration: Configuration,
): Broken | undefined {
  for (const [invariant, check] of CHECKS) {
    const detail = check(state, configuration);
    if (detail) {
      return { invariant, detail };
    }
  }
  return undefined;
}

/** Nothing is left to do and nothing is under way; where it is swept, nothing is left outside either. */
export function isAtRest({
  entitlement,
  flights,
  present,
  sweep,
}: ModelState): boolean {
  return (
    entitlement === undefined &&
    flights.length === 0 &&
    (!sweep || (!present && !sweep.pass))
  );
}

function isActive(state: ModelState): boolean {
  return rows(state).some(
    lease => lease.state === 'active' && lease.expiresAt! > state.now,
  );
}
