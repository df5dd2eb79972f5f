import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** The systems that the things of a provider on a connection were made on. */
export async function listIdentities(
  { knex }: Ledger,
  options: { provider: string; connection: string },
): Promise<string[]> {
  const rows: Array<{ identity: string }> = await knex(TABLES.entitlements)
    .where(options)
    .whereNotNull('identity')
    .distinct('identity');
  return rows.map(row => row.identity);
}
