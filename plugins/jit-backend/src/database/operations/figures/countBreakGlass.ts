import { JitStats } from '@backstage-jit/plugin-jit-common';
import { Knex } from 'knex';
import { TOLD_WITHIN_MS } from '../../../leases/undelivered';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';
import { whereUnreviewed } from '../leases/whereUnreviewed';

/** What went in without approval, and what is still to be done about it: by indexes over that alone. */
export async function countBreakGlass({
  knex,
  clock,
}: Ledger): Promise<JitStats['breakGlass']> {
  const leases = () => knex(TABLES.leases);
  const due = (column: string, afterMs: number) =>
    knex.raw('?? + ? <= ?', [column, afterMs, clock.sql(knex)]);
  return {
    live: await count(
      leases().whereNotNull('break_glass').where(isUnfinishedRow(knex)),
    ),
    undelivered: await count(
      leases()
        .whereNotNull('untold_since')
        .where(due('untold_since', TOLD_WITHIN_MS)),
    ),
    unreviewed: await count(whereUnreviewed(leases())),
    overdue: await count(
      whereUnreviewed(leases()).where(due('review_due_at', 0)),
    ),
  };
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const [row] = await query.count({ count: '*' });
  return Number(row.count);
}
