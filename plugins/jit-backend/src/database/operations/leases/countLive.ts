import { Knex } from 'knex';
import { LimitCounts } from '../../../policy';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';

/** Counts what stands against a profile's limits, which last copies do not. Stays true only under the locks that `takeLocks` gives. */
export async function countLive(
  { knex }: Ledger,
  options: { profileId: string; subject: string },
): Promise<LimitCounts> {
  const [row] = await liveCounts(knex, options);
  return {
    ofProfile: Number(row.of_profile),
    ofSubject: Number(row.of_subject),
  };
}

/** The same as one row: `of_profile` and `of_subject`. */
export function liveCounts(
  knex: Knex,
  options: { profileId: string; subject: string },
): Knex.QueryBuilder {
  return knex(TABLES.leases)
    .where('profile_id', options.profileId)
    .where(isUnfinishedRow(knex))
    .whereNull('kept_until')
    .select({
      of_profile: knex.raw('count(*)'),
      of_subject: knex.raw(
        'coalesce(sum(case when subject = ? then 1 else 0 end), 0)',
        [options.subject],
      ),
    });
}
