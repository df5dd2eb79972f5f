import { EventDraft, LeaseRecord } from '../../../leases/records';
import { fromRow, Row, toRow } from '../../columns';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { insertEvents } from '../events/insertEvents';
import { insertNotices } from '../notices/insertNotices';

/** How many are written in one pass; the next takes the rest. */
const PAGE = 100;

/** So long before the end at the most; for a short lease a sixth of its time. */
const LONGEST_LEAD_MS = 15 * 60_000;

/**
 * Writes into the history of each lease that ends soon that it does, which tells its people while they can still extend it. Each end is told of
 * once; a later one anew. Leases that a worker is writing at this moment are left for the next pass.
 *
 * @returns how many
 */
export async function writeEndingSoon(ledger: Ledger): Promise<number> {
  return await inTransaction(ledger, async tx => {
    const { knex, clock, chain } = tx;
    const at = await clock.now(knex);
    const query = knex(TABLES.leases)
      .where('state', 'active')
      .whereNull('end_wish')
      .where('expires_at', '>', at)
      .whereRaw(
        'expires_at <= ? + case when duration_ms < ? then duration_ms / 6 else ? end',
        [at, 6 * LONGEST_LEAD_MS, LONGEST_LEAD_MS],
      )
      .whereRaw('coalesce(end_told, 0) <> expires_at')
      .limit(PAGE);
    const rows: Row[] = isPostgres(knex)
      ? await query.forUpdate().skipLocked()
      : await query;

    const changes: Array<{ lease: LeaseRecord; events: EventDraft[] }> = [];
    for (const row of rows) {
      const read = fromRow(leaseColumns, row);
      const lease: LeaseRecord = {
        ...read,
        endTold: read.expiresAt,
        version: read.version + 1,
      };
      const expiresAt = new Date(lease.expiresAt!).toISOString();
      const event: EventDraft = {
        leaseId: lease.id,
        type: 'lease.ending-soon',
        actor: 'system:watch',
        why: `It ends at ${expiresAt.slice(0, 16).replace('T', ' ')} UTC`,
        data: { expiresAt },
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
