import { Knex } from 'knex';
import { EventDraft, Instant, LeaseRecord } from '../../../leases/records';
import { fromRow, Row, toRow } from '../../columns';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { insertEvents } from '../events/insertEvents';
import { insertNotices } from '../notices/insertNotices';

/** How many are written in one pass; the next takes the rest. */
const PAGE = 100;

/** What is noted on a lease: never another state. */
export interface Note {
  changes: Partial<LeaseRecord>;
  event: Pick<EventDraft, 'type' | 'why' | 'data'>;
}

/**
 * Notes something on leases and in their histories, and tells whom it concerns. Leases that a worker is writing at this moment are left for the
 * next pass: whoever writes leases holds their locks in an order that this one does not know.
 *
 * @returns how many
 */
export async function noteOnLeases(
  ledger: Ledger,
  options: {
    /** Narrows a query on the leases to those without the note. */
    which: (query: Knex.QueryBuilder, at: Instant, ledger: Ledger) => void;
    note: (lease: LeaseRecord, at: Instant) => Note;
    /** Written in the same transaction, for each lease. */
    also?: (
      ledger: Ledger,
      noted: { lease: LeaseRecord; why: string; at: Instant },
    ) => Promise<void>;
  },
): Promise<number> {
  return await inTransaction(ledger, async tx => {
    const { knex, clock, chain } = tx;
    const at = await clock.now(knex);
    const query = knex(TABLES.leases).limit(PAGE);
    options.which(query, at, tx);
    const rows: Row[] = isPostgres(knex)
      ? await query.forUpdate().skipLocked()
      : await query;

    const changes: Array<{ lease: LeaseRecord; events: EventDraft[] }> = [];
    for (const row of rows) {
      const read = fromRow(leaseColumns, row);
      const note = options.note(read, at);
      const lease = { ...read, ...note.changes, version: read.version + 1 };
      const event = { leaseId: lease.id, actor: 'system:watch', ...note.event };
      await insertEvents(tx, chain.append(lease, [event], at));
      await knex(TABLES.leases)
        .where({ id: lease.id })
        .update(toRow(leaseColumns, lease));
      await options.also?.(tx, { lease, why: event.why ?? '', at });
      changes.push({ lease, events: [event] });
    }
    await insertNotices(tx, { changes, at });
    return rows.length;
  });
}
