import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Removes the answers that nobody can ask for again. */
export async function removeExpiredAnswers({
  knex,
  clock,
}: Ledger): Promise<void> {
  await knex(TABLES.idempotency)
    .where('expires_at', '<=', clock.sql(knex))
    .delete();
}
