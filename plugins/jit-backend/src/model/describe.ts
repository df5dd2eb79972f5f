import { NOW } from './codes';
import { Configuration, UNIT } from './Configuration';
import { decode } from './decode';
import { encode } from './encode';
import { ModelState } from './ModelState';
import { rows } from './rows';
import { Rules } from './Rules';
import { successors } from './successors';

/**
 * A history as lines to read: what happened, and how the ledger and the outside stood then. Time counts from its beginning.
 */
export function describeHistory(options: {
  /** The states it went through. */
  keys: readonly string[];
  /** What happened last, and broke a promise. */
  last: string;
  configuration: Configuration;
  rules: Rules;
}): string[] {
  const { keys, configuration, last } = options;
  let time = 0;
  const lines = keys.map((key, place) => {
    const label =
      place === 0
        ? 'A is asked for and approved'
        : labelOf(keys[place - 1], key, options);
    time += label === 'time passes' ? 1 : 0;
    return line(time, label, decode(key, configuration));
  });
  return [...lines, `${String(time).padStart(3)}  ${last}  <- broken`];
}

function labelOf(
  from: string,
  to: string,
  options: { configuration: Configuration; rules: Rules },
): string {
  let label = '';
  const { configuration, rules } = options;
  successors(from, {
    configuration,
    rules,
    emit: next => {
      label ||= encode(next.state, configuration) === to ? next.label : '';
    },
  });
  return label;
}

function line(time: number, label: string, state: ModelState): string {
  const facts = [...ledgerFacts(time, state), ...outsideFacts(time, state)];
  return `${String(time).padStart(3)}  ${label.padEnd(46)} | ${facts.join(
    '; ',
  )}`;
}

function ledgerFacts(time: number, state: ModelState): string[] {
  const facts = rows(state).map(lease => {
    const end = until(time, lease.expiresAt ?? lease.grantDueAt);
    const kept = lease.keptUntil ? `, kept${until(time, lease.keptUntil)}` : '';
    return `${lease.id} ${lease.state}${end}${
      lease.endWish ? ', to end' : ''
    }${kept}`;
  });
  const { removal, fenceUntil, outsideUntil } = state.entitlement ?? {};
  if (removal) {
    facts.push(`removal: ${removal}`);
  }
  if (fenceUntil !== undefined) {
    facts.push(`a call may land${until(time, fenceUntil)}`);
  }
  if (outsideUntil !== undefined) {
    facts.push(`outside said to end${until(time, outsideUntil)}`);
  }
  return facts;
}

function outsideFacts(time: number, state: ModelState): string[] {
  const { present, closed, presentUntil, flights } = state;
  return [
    `OUTSIDE: ${present ? 'present' : 'absent'}${
      closed ? ', closed' : ''
    }${until(time, presentUntil)}`,
    ...flights.map(
      flight =>
        `in flight: ${flight.operation}${until(time, flight.landsUntil)}`,
    ),
  ];
}

function until(time: number, at: number | undefined): string {
  return at === undefined ? '' : ` until ${time + (at - NOW) / UNIT}`;
}
