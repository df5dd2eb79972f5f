import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Forgets a notice that was sent. */
export async function deleteNotice(
  { knex }: Ledger,
  id: number,
): Promise<void> {
  await knex(TABLES.outbox).where({ id }).delete();
}
