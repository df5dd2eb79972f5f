import { Knex } from 'knex';
import { Ledger } from './Ledger';

/** Runs a piece of work on the ledger in one transaction. */
export async function inTransaction<T>(
  ledger: Ledger,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  return await ledger.knex.transaction(
    async (tx: Knex.Transaction) => await work({ ...ledger, knex: tx }),
  );
}
