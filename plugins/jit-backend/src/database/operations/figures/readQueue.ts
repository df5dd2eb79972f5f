import { LeaseState } from '@backstage-jit/plugin-jit-common';
import { Instant } from '../../../leases/records';
import { StuckRules } from '../../../leases/stuck';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';
import { whereStuck } from '../leases/whereStuck';

/** What is not finished. */
export interface QueueFigures {
  /** How many leases are in each state that has any. */
  unfinished: Partial<Record<LeaseState, number>>;
  stuck: number;
  /** How many entitlements are due, and since when the first of them. */
  due: number;
  oldestDueAt?: Instant;
}

/** Counts by indexes over what is not finished, so that history costs nothing. */
export async function readQueue(
  ledger: Ledger,
  options: { rules: StuckRules },
): Promise<QueueFigures> {
  const { knex, clock } = ledger;
  const states: Array<{ state: LeaseState; count: number }> = await knex(
    TABLES.leases,
  )
    .select('state')
    .where(isUnfinishedRow(knex))
    .count({ count: '*' })
    .groupBy('state');
  const [stuck] = await whereStuck(ledger, knex(TABLES.leases), {
    stuck: true,
    rules: options.rules,
  }).count({ count: '*' });
  const [due] = await knex(TABLES.entitlements)
    .where('next_at', '<=', clock.sql(knex))
    .count({ count: '*' })
    .min({ oldest: 'next_at' });
  return {
    unfinished: Object.fromEntries(
      states.map(({ state, count }) => [state, Number(count)]),
    ),
    stuck: Number(stuck.count),
    due: Number(due.count),
    ...(due.oldest !== null && { oldestDueAt: Number(due.oldest) }),
  };
}
