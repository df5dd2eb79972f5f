import { JitStats } from '@backstage-jit/plugin-jit-common';
import { StuckRules } from '../../../leases/stuck';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { countBreakGlass } from './countBreakGlass';
import { readQueue } from './readQueue';

const DAY_MS = 24 * 3_600_000;

/** Figures about everything that is not finished, and about the last 24 hours: never a count over all history. */
export async function readStats(
  ledger: Ledger,
  options: { rules: StuckRules },
): Promise<JitStats> {
  const { knex, clock } = ledger;
  const { due, oldestDueAt, ...queue } = await readQueue(ledger, options);
  const [requested] = await knex(TABLES.leases)
    .whereRaw('requested_at > ? - ?', [clock.sql(knex), DAY_MS])
    .count({ count: '*' });
  const lastDay = await countEventTypes(ledger);
  return {
    ...queue,
    queue: {
      due,
      ...(oldestDueAt !== undefined && {
        oldestDueAt: new Date(oldestDueAt).toISOString(),
      }),
    },
    breakGlass: await countBreakGlass(ledger),
    lastDay: {
      requested: Number(requested.count),
      granted: lastDay.get('active') ?? 0,
      revoked: lastDay.get('revoked') ?? 0,
    },
  };
}

async function countEventTypes({
  knex,
  clock,
}: Ledger): Promise<Map<string, number>> {
  const rows: Array<{ to: string; count: number }> = await knex(TABLES.events)
    .select({ to: 'to_state' })
    .whereIn('to_state', ['active', 'revoked'])
    .whereRaw('at > ? - ?', [clock.sql(knex), DAY_MS])
    .count({ count: '*' })
    .groupBy('to_state');
  return new Map(rows.map(({ to, count }) => [to, Number(count)]));
}
