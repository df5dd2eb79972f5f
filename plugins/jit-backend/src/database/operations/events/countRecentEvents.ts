import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** @returns how many events of a type a lease has had in the last `withinMs` milliseconds */
export async function countRecentEvents(
  { knex, clock }: Ledger,
  options: { leaseId: string; type: string; withinMs: number },
): Promise<number> {
  const [{ count }] = await knex(TABLES.events)
    .where({ lease_id: options.leaseId, type: options.type })
    .whereRaw('at > ? - ?', [clock.sql(knex), options.withinMs])
    .count({ count: '*' });
  return Number(count);
}
