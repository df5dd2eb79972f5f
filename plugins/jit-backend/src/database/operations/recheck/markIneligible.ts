import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/**
 * Remembers since when subjects were seen without the right to their leases, and forgets it of those who have it again. A statement each, so that
 * none waits for one lease while it holds another.
 */
export async function markIneligible(
  { knex }: Ledger,
  options: { since: Instant; leaseIds: string[]; clearedIds: string[] },
): Promise<void> {
  for (const id of options.leaseIds) {
    await knex(TABLES.leases)
      .where({ id })
      .whereNull('ineligible_since')
      .update({ ineligible_since: options.since });
  }
  for (const id of options.clearedIds) {
    await knex(TABLES.leases).where({ id }).update({ ineligible_since: null });
  }
}
