import { Instant } from '../../../leases/records';
import { PinnedContent } from '../../../policy';
import { atOnce, Statement } from '../../atOnce';
import { bulkInsert } from '../../bulkInsert';
import { Columns } from '../../columns';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

interface ProfileRecord {
  hash: string;
  profileId: string;
  content: string;
  createdAt: Instant;
}

const profileColumns: Columns<ProfileRecord> = {
  hash: ['hash', 'text'],
  profileId: ['profile_id', 'text'],
  content: ['content', 'text'],
  createdAt: ['created_at', 'number'],
};

/** Keeps a resolved profile by its hash, once. */
export async function insertProfile(
  ledger: Ledger,
  pinned: PinnedContent,
): Promise<void> {
  const { knex, clock } = ledger;
  const at = await clock.now(knex);
  await atOnce(knex, profileInserts(ledger, { profiles: [pinned], at }));
}

/** What keeps resolved profiles: rows that others may write at the same time, written in one order by everybody. */
export function profileInserts(
  { knex }: Ledger,
  { profiles, at }: { profiles: PinnedContent[]; at: Instant },
): Statement[] {
  const byHash = new Map(profiles.map(each => [each.hash, each.content]));
  return bulkInsert(knex, {
    table: TABLES.profiles,
    columns: profileColumns,
    records: [...byHash.keys()].sort().map(hash => {
      const content = byHash.get(hash)!;
      return {
        hash,
        profileId: content.profileId,
        content: JSON.stringify(content),
        createdAt: at,
      };
    }),
    conflicts: { on: 'hash' },
  });
}
