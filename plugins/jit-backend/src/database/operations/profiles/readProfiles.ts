import { hashPinnedProfile, PinnedProfile } from '../../../policy';
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
  const profiles = new Map<string, PinnedProfile>();
  for (const { hash, content } of rows) {
    const pinned = pinnedIn(content, hash);
    if (pinned) {
      profiles.set(hash, pinned);
    }
  }
  return profiles;
}

/** Rules that are not what they were when the lease was made are no rules: undefined. */
export function pinnedIn(
  content: string,
  hash: string,
): PinnedProfile | undefined {
  const pinned: PinnedProfile = JSON.parse(content);
  return hashPinnedProfile(pinned) === hash ? pinned : undefined;
}
