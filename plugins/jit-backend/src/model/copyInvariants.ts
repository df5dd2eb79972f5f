import { rows } from './rows';
import type { StateCheck } from './stateInvariants';
import type { StepCheck } from './stepInvariants';

/** What somebody had is not removed before its last copy was made, and had its time. */
export const copyBeforeRemoval: StepCheck = ({
  decision,
  surroundings,
  configuration,
}) => {
  const { next, view } = decision;
  if (
    !configuration.kept ||
    next.do !== 'call' ||
    next.call.operation !== 'revoke'
  ) {
    return undefined;
  }
  const early = view.leases.find(
    ({ state, grantedAt, restores, keptUntil = Infinity }) =>
      state === 'revoking' &&
      (grantedAt ?? restores) !== undefined &&
      keptUntil > surroundings.now,
  );
  return early && `${early.id} is removed, and its last copy had no time`;
};

/** Who restores a last copy begins with it, and nothing under way can take it away. */
export const restoresTheCopy: StepCheck = ({ before, decision, state }) => {
  const begins = decision.view.leases.some(
    ({ id, restores, state: is }) =>
      restores !== undefined &&
      is === 'granting' &&
      before.leases.some(was => was.id === id && was.state === 'approved'),
  );
  if (!begins) {
    return undefined;
  }
  if (!state.present || !state.closed) {
    return 'what is restored is not the last copy';
  }
  return state.flights.length || decision.view.entitlement.removal
    ? 'what is restored is being removed, or may yet be changed'
    : undefined;
};

/** A last copy is there for its time, nobody gets into it, and nothing under way can open it. */
export const copyStaysClosed: StateCheck = state => {
  const leases = rows(state);
  const isCopy =
    leases.some(({ keptUntil = 0 }) => keptUntil > state.now) &&
    leases.every(
      each => each.state === 'revoking' || each.state === 'approved',
    );
  if (!isCopy) {
    return undefined;
  }
  if (!state.present) {
    return 'a last copy is gone before its time';
  }
  return state.closed && state.flights.every(each => each.operation === 'keep')
    ? undefined
    : 'a last copy is open, or may yet be opened';
};
