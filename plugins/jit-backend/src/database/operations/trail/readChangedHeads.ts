import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

const PAGE = 100;

/**
 * The last event of each lease that has one since an instant, of all leases without one: a line `id sequence hmac` each, a page at a time.
 */
export async function* readChangedHeads(
  { knex }: Ledger,
  options: { since?: Instant; pageSize?: number },
): AsyncGenerator<string[]> {
  const { since, pageSize = PAGE } = options;
  let after = '';
  let full = true;
  while (full) {
    const query = knex(TABLES.leases)
      .select({ id: 'id', sequence: 'event_sequence', head: 'event_head' })
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize);
    if (since !== undefined) {
      query.whereIn(
        'id',
        knex(TABLES.events).select('lease_id').where('at', '>=', since),
      );
    }
    const rows: Array<{ id: string; sequence: number; head: string }> =
      await query;
    if (rows.length) {
      yield rows.map(({ id, sequence, head }) => `${id} ${sequence} ${head}`);
    }
    after = rows.at(-1)?.id ?? '';
    full = rows.length === pageSize;
  }
}
