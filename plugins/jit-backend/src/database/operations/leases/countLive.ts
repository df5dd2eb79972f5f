import { LimitCounts } from '../../../policy';
import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';

/** Counts what stands against a profile's limits, which last copies do not. Stays true only under the locks that `takeLocks` gives. */
export async function countLive(
  { knex }: Ledger,
  options: { profileId: string; subject: string },
): Promise<LimitCounts> {
  const [row] = await knex(TABLES.leases)
    .where('profile_id', options.profileId)
    .where(isUnfinishedRow(knex))
    .whereNull('kept_until')
    .select({
      ofProfile: knex.raw('count(*)'),
      ofSubject: knex.raw(
        'coalesce(sum(case when subject = ? then 1 else 0 end), 0)',
        [options.subject],
      ),
    });
  return {
    ofProfile: Number(row.ofProfile),
    ofSubject: Number(row.ofSubject),
  };
}
