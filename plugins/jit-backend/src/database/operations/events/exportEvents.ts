import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { Instant } from '../../../leases/records';
import { fromRow, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { eventColumns, TABLES } from '../../tables';

const PAGE = 500;

/**
 * Reads the whole trail in order of time, a page at a time, so that its length costs no memory. What is written while it is read may be
 * in it or not.
 */
export async function* exportEvents(
  { knex }: Ledger,
  options: { from?: Instant; to?: Instant; pageSize?: number },
): AsyncGenerator<LeaseEventRecord[]> {
  const { from, to, pageSize = PAGE } = options;
  let last: LeaseEventRecord | undefined;
  let full = true;
  while (full) {
    const query = knex(TABLES.events)
      .orderBy(['at', 'lease_id', 'sequence'])
      .limit(pageSize);
    if (from !== undefined) {
      query.where('at', '>=', from);
    }
    if (to !== undefined) {
      query.where('at', '<', to);
    }
    if (last) {
      const { at, leaseId, sequence } = last;
      // The first half is for the index, which holds the time alone.
      query
        .where('at', '>=', at)
        .whereRaw('(at, lease_id, sequence) > (?, ?, ?)', [
          at,
          leaseId,
          sequence,
        ]);
    }
    const rows: Row[] = await query;
    const events = rows.map(row => fromRow(eventColumns, row));
    if (events.length) {
      yield events;
    }
    last = events[events.length - 1];
    full = events.length === pageSize;
  }
}
