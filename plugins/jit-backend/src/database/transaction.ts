import { Knex } from 'knex';
import { Ledger } from './Ledger';
import { wasForgotten } from './prepared';

/**
 * Runs a piece of work on the ledger in one transaction; anew, all of it, when the database turns out not to keep what is prepared: nothing of
 * it is written then.
 */
export async function inTransaction<T>(
  ledger: Ledger,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const attempt = () =>
    ledger.knex.transaction(
      async (tx: Knex.Transaction) => await work({ ...ledger, knex: tx }),
    );
  try {
    return await attempt();
  } catch (error) {
    if (!wasForgotten(error)) {
      throw error;
    }
    return await attempt();
  }
}
