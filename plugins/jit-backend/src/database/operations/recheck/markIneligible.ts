import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Remembers since when subjects were seen without the right to their leases, and forgets it of those who have it again. */
export async function markIneligible(
  { knex }: Ledger,
  options: { since: Instant; leaseIds: string[]; clearedIds: string[] },
): Promise<void> {
  await knex(TABLES.leases)
    .whereIn('id', options.leaseIds)
    .whereNull('ineligible_since')
    .update({ ineligible_since: options.since });
  await knex(TABLES.leases)
    .whereIn('id', options.clearedIds)
    .update({ ineligible_since: null });
}
