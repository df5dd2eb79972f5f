import { StuckRules } from '../../../leases/stuck';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { whereStuck } from '../leases/whereStuck';
import { noteOnLeases } from './noteOnLeases';

/** How many are forgotten in one pass; the next takes the rest. */
const PAGE = 100;

/**
 * Writes into the history of each lease that got stuck that it did, which tells the operators, and forgets it of those that move again.
 *
 * @returns how many were found newly stuck
 */
export async function writeStuck(
  ledger: Ledger,
  rules: StuckRules,
): Promise<number> {
  await forgetMoving(ledger, rules);
  return await noteOnLeases(ledger, {
    which: (query, _at, tx) =>
      whereStuck(tx, query, { stuck: true, rules }).whereNull('stuck_since'),
    note: ({ lastError, blockers, state }, at) => ({
      changes: { stuckSince: at },
      event: {
        type: 'lease.stuck',
        why:
          lastError?.message ?? blockers?.join('; ') ?? `Late: still ${state}`,
      },
    }),
  });
}

async function forgetMoving(ledger: Ledger, rules: StuckRules): Promise<void> {
  await inTransaction(ledger, async tx => {
    const { knex } = tx;
    const query = whereStuck(tx, knex(TABLES.leases), { stuck: false, rules })
      .whereNotNull('stuck_since')
      .select('id')
      .limit(PAGE);
    const moving: Array<{ id: string }> = isPostgres(knex)
      ? await query.forUpdate().skipLocked()
      : await query;
    await knex(TABLES.leases)
      .whereIn(
        'id',
        moving.map(({ id }) => id),
      )
      .update({ stuck_since: null });
  });
}
