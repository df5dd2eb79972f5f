import { Ledger } from '../Ledger';
import { TABLES } from '../tables';

/** The random id that the first migration gave this ledger. */
export async function readLedgerId({
  knex,
}: Pick<Ledger, 'knex'>): Promise<string> {
  const { value } = await knex(TABLES.meta)
    .where({ key: 'ledger-id' })
    .first('value');
  return value;
}
