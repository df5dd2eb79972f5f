import { Ledger } from '../../Ledger';
import { isUnfinishedRow } from '../../phases';
import { TABLES } from '../../tables';
import { whereUnreviewed } from '../leases/whereUnreviewed';

/**
 * Why a person may not break the glass now, by what they did before: in words, or undefined. Binding only under a lock of theirs.
 */
export async function refusedToBreakGlass(
  { knex, clock }: Ledger,
  options: { subject: string },
): Promise<string | undefined> {
  const own = () => knex(TABLES.leases).where('subject', options.subject);
  const live = own().whereNotNull('break_glass').where(isUnfinishedRow(knex));
  if (await live.first()) {
    return 'The glass is broken already: nobody has more than one such request alive';
  }
  const missed = await whereUnreviewed(own())
    .where('review_due_at', '<=', clock.sql(knex))
    .first();
  return (
    missed &&
    `The glass cannot be broken again before lease ${missed.id} is reviewed, which is overdue`
  );
}
