import { Knex } from 'knex';
import { EventDraft, LeaseRecord } from '../../../leases/records';
import { StuckRules } from '../../../leases/stuck';
import { fromRow, Row, toRow } from '../../columns';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { insertEvents } from '../events/insertEvents';
import { whereStuck } from '../leases/whereStuck';
import { insertNotices } from '../notices/insertNotices';

/** How many are written in one pass; the next takes the rest. */
const PAGE = 100;

/**
 * Writes into the history of each lease that got stuck that it did, which tells the operators, and forgets it of those that move again. Leases
 * that a worker is writing at this moment are left for the next pass.
 *
 * @returns how many were found newly stuck
 */
export async function writeStuck(
  ledger: Ledger,
  rules: StuckRules,
): Promise<number> {
  return await inTransaction(ledger, async tx => {
    const { knex, clock, chain } = tx;
    const moving = await passingOver(
      tx,
      whereStuck(tx, knex(TABLES.leases), { stuck: false, rules })
        .whereNotNull('stuck_since')
        .limit(PAGE),
    );
    await knex(TABLES.leases)
      .whereIn(
        'id',
        moving.map(row => String(row.id)),
      )
      .update({ stuck_since: null });

    const rows = await passingOver(
      tx,
      whereStuck(tx, knex(TABLES.leases), { stuck: true, rules })
        .whereNull('stuck_since')
        .limit(PAGE),
    );
    const at = await clock.now(knex);
    const changes: Array<{ lease: LeaseRecord; events: EventDraft[] }> = [];
    for (const row of rows) {
      const lease: LeaseRecord = {
        ...fromRow(leaseColumns, row),
        stuckSince: at,
      };
      lease.version += 1;
      const event: EventDraft = {
        leaseId: lease.id,
        type: 'lease.stuck',
        actor: 'system:watch',
        why:
          lease.lastError?.message ??
          lease.blockers?.join('; ') ??
          `Late: still ${lease.state}`,
      };
      await insertEvents(tx, chain.append(lease, [event], at));
      await knex(TABLES.leases)
        .where({ id: lease.id })
        .update(toRow(leaseColumns, lease));
      changes.push({ lease, events: [event] });
    }
    await insertNotices(tx, { changes, at });
    return rows.length;
  });
}

/** Waits for nobody: whoever writes leases holds their locks in an order that this one does not know. */
async function passingOver(
  { knex }: Ledger,
  query: Knex.QueryBuilder,
): Promise<Row[]> {
  return isPostgres(knex) ? await query.forUpdate().skipLocked() : await query;
}
