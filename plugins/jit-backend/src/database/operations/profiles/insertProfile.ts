import { PinnedContent } from '../../../policy';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Keeps a resolved profile by its hash, once. */
export async function insertProfile(
  { knex, clock }: Ledger,
  { content, hash }: PinnedContent,
): Promise<void> {
  await knex(TABLES.profiles)
    .insert({
      hash,
      profile_id: content.profileId,
      content: JSON.stringify(content),
      created_at: clock.sql(knex),
    })
    .onConflict('hash')
    .ignore();
}
