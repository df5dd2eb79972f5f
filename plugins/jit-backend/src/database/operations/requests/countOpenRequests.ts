import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** @returns how many requests of a person still wait: for a decision, or for their start */
export async function countOpenRequests(
  { knex }: Ledger,
  options: { requester: string },
): Promise<number> {
  const [{ count }] = await knex(TABLES.leases)
    .where('requester', options.requester)
    .whereIn('state', ['requested', 'approved'])
    .countDistinct({ count: 'request_id' });
  return Number(count);
}
