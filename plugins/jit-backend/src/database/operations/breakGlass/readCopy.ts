import { BreakGlassCopy } from '../../../policy';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** When it is older nobody believes it. */
const LONGEST_AGE_MS = 24 * 3_600_000;

/** What the catalog last said of break-glass groups; undefined when that is a day ago. */
export async function readCopy({
  knex,
  clock,
}: Ledger): Promise<BreakGlassCopy | undefined> {
  const row = await knex(TABLES.breakGlassCopy)
    .where({ id: 1 })
    .whereRaw('taken_at > ? - ?', [clock.sql(knex), LONGEST_AGE_MS])
    .first();
  return row && { ...JSON.parse(row.content), takenAt: Number(row.taken_at) };
}
