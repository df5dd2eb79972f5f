import { PinnedProfile } from '../../../policy';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** @returns the resolved profiles by their hashes, as leases point to them */
export async function readProfiles(
  { knex }: Ledger,
  options: { hashes: string[] },
): Promise<Map<string, PinnedProfile>> {
  const rows: Array<{ hash: string; content: string }> = await knex(
    TABLES.profiles,
  )
    .select('hash', 'content')
    .whereIn('hash', [...new Set(options.hashes)]);
  return new Map(rows.map(row => [row.hash, JSON.parse(row.content)]));
}
