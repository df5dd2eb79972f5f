import { Operation, PendingCall } from '../leases/records';
import { hasEffect } from './codes';
import { Configuration, UNIT } from './Configuration';
import { ModelState } from './ModelState';
import { Rules } from './Rules';

/** What a call does outside at the moment it takes effect. */
export function takeEffect(
  state: ModelState,
  call: { operation: Operation; notAfter?: number },
  configuration: Configuration,
): void {
  const { standing, endsOutside, extendCreates } = configuration;
  const end = endsOutside && !standing ? call.notAfter : undefined;
  switch (call.operation) {
    case 'grant':
      setPresent(state, true, configuration);
      state.closed = false;
      state.presentUntil = end;
      break;
    case 'extend':
      if (state.present || extendCreates) {
        setPresent(state, true, configuration);
        state.presentUntil = end;
      }
      break;
    case 'mint':
      // New credentials are alive even where what they belong to is gone.
      if (!state.present) {
        setPresent(state, true, configuration);
        state.presentUntil = undefined;
      }
      break;
    case 'keep':
      state.closed = state.present;
      break;
    case 'revoke':
      setPresent(state, false, configuration);
      state.closed = false;
      state.presentUntil = undefined;
      break;
    default:
  }
}

/** Nobody hears of a call any more, but it may still take effect. */
export function leaveBehind(
  state: ModelState,
  call: PendingCall,
  rules: Rules,
): void {
  if (hasEffect(call.operation)) {
    state.flights.push({
      ...call,
      landsUntil: rules.landsUntil(call, state.now),
    });
  }
}

/** What a look may answer now: how it is, and while reads lag also how it was. */
export function visible(state: ModelState): boolean[] {
  return state.changedAt === undefined
    ? [state.present]
    : [state.present, !state.present];
}

/** What a unit of time does outside: things die by their own end, reads catch up, calls that may not land any more are gone. */
export function pass(state: ModelState, configuration: Configuration): void {
  const { now } = state;
  if (state.presentUntil !== undefined && state.presentUntil <= now) {
    setPresent(state, false, configuration);
    state.presentUntil = undefined;
    if (!configuration.endLags) {
      state.changedAt = undefined;
    }
    state.diedByItself = true;
  }
  if (
    state.changedAt !== undefined &&
    state.changedAt + configuration.settle * UNIT <= now
  ) {
    state.changedAt = undefined;
  }
  state.flights = state.flights.filter(flight => flight.landsUntil > now);
}

/** The thing comes to be there or not, which reads may not see at once. */
export function setPresent(
  state: ModelState,
  present: boolean,
  { settle }: Configuration,
): void {
  if (state.present !== present) {
    state.present = present;
    state.changedAt = settle > 0 ? state.now : undefined;
  }
  state.diedByItself = false;
}
