import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Takes a request back, unless it is already. Must run in the transaction that asks for the end of its leases. */
export async function markWithdrawn(
  { knex }: Ledger,
  options: { id: string; now: Instant },
): Promise<void> {
  await knex(TABLES.requests)
    .where('id', options.id)
    .whereIn('state', ['pending', 'approved'])
    .update({
      state: 'withdrawn',
      decided_at: options.now,
      version: knex.raw('version + 1'),
    });
}
