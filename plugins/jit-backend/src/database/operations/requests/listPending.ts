import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/**
 * @param options - `dueBy`: only those that have to be decided by then
 * @returns the ids of the requests that wait for a decision, those first that lapse first
 */
export async function listPending(
  { knex }: Ledger,
  options: { dueBy?: Instant },
): Promise<string[]> {
  const query = knex(TABLES.requests)
    .select('id')
    .where('state', 'pending')
    .orderBy('lapses_at');
  if (options.dueBy !== undefined) {
    query.where('lapses_at', '<=', options.dueBy);
  }
  const rows = await query;
  return rows.map(row => String(row.id));
}
