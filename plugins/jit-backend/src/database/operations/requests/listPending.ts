import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/**
 * @param options - `dueBy`: only those that have to be decided by then, and those for a later end of a lease that is over or ending then
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
    const { dueBy } = options;
    query.where(due =>
      due.where('lapses_at', '<=', dueBy).orWhereExists(
        knex(TABLES.leases)
          .select(knex.raw('1'))
          .where(
            `${TABLES.leases}.id`,
            knex.ref(`${TABLES.requests}.extends_lease_id`),
          )
          .where(lease =>
            lease
              .whereNot(`${TABLES.leases}.state`, 'active')
              .orWhereNotNull('end_wish')
              .orWhere('expires_at', '<=', dueBy),
          ),
      ),
    );
  }
  const rows = await query;
  return rows.map(row => String(row.id));
}
