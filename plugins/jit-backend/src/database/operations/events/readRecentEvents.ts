import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** How often something happened lately. */
export interface RecentEvents {
  count: number;
  /** How many milliseconds ago the first of them was; undefined when there is none. */
  oldestAgeMs?: number;
}

/** @returns the events of a type that a lease has had in the last `withinMs` milliseconds */
export async function readRecentEvents(
  { knex, clock }: Ledger,
  options: { leaseId: string; type: string; withinMs: number },
): Promise<RecentEvents> {
  const now = clock.sql(knex);
  const { count, age } = await knex(TABLES.events)
    .where({ lease_id: options.leaseId, type: options.type })
    .whereRaw('at > ? - ?', [now, options.withinMs])
    .select({
      count: knex.raw('count(*)'),
      age: knex.raw('? - min(at)', [now]),
    })
    .first();
  return {
    count: Number(count),
    ...(age !== null && { oldestAgeMs: Number(age) }),
  };
}
