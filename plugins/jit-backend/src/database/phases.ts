import { LeaseState } from '@backstage-jit/plugin-jit-common';
import { Knex } from 'knex';

/** What several states of a lease have in common; the generated column `phase`. The indexes know of it, and not of the state, which changes more often. */
const PHASES: Record<LeaseState, string> = {
  requested: 'asked',
  approved: 'waiting',
  granting: 'waiting',
  active: 'held',
  revoking: 'held',
  denied: 'denied',
  withdrawn: 'withdrawn',
  lapsed: 'lapsed',
  revoked: 'revoked',
};

/** That a lease is unfinished, in the words of the partial indexes, as literals: for what is prepared. */
export function isUnfinishedRow(knex: Knex, table?: string): Knex.Raw {
  return knex.raw(`?? in ('waiting', 'held')`, [column('phase', table)]);
}

/** That a lease is asked for or unfinished, in the words of the partial indexes. */
export function isOpenRow(knex: Knex): Knex.Raw {
  return knex.raw(`?? in ('asked', 'waiting', 'held')`, ['phase']);
}

/** That a lease is in one of these states, in words for which there is an index. */
export function isInState(
  knex: Knex,
  states: readonly LeaseState[],
  table?: string,
): Knex.Raw {
  if (!states.length) {
    return knex.raw('1 = 0');
  }
  const phases = [...new Set(states.map(state => PHASES[state]))];
  const list = (values: readonly string[]) => values.map(() => '?').join(', ');
  return knex.raw(`(?? in (${list(phases)}) and ?? in (${list(states)}))`, [
    ...[column('phase', table), ...phases],
    ...[column('state', table), ...states],
  ]);
}

function column(name: string, table?: string): string {
  return table ? `${table}.${name}` : name;
}
