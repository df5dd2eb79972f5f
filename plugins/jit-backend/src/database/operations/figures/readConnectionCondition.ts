import { ConnectionCondition } from '../../../policy';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** @returns whether calls on a connection fail, in our own words; undefined when it was never used */
export async function readConnectionCondition(
  { knex }: Ledger,
  options: { name: string },
): Promise<ConnectionCondition> {
  const row = await knex(TABLES.connections)
    .where('name', options.name)
    .first('failing_since', 'last_error');
  if (!row) {
    return undefined;
  }
  return {
    state: row.failing_since === null ? 'ok' : 'down',
    ...(row.last_error && { message: String(row.last_error) }),
  };
}
