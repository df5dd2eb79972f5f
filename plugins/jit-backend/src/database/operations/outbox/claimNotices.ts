import { Notice } from '../../../notices/Notice';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/**
 * How long a sender has before somebody else takes a notice up; doubled with each attempt, up to an hour. Not so for that of a broken glass:
 * whom it concerns is told as soon as anybody can be.
 */
const FIRST_WAIT_MS = 30_000;
const MAXIMUM_DOUBLINGS = 7;

/** A notice that is this sender's for now. */
export interface ClaimedNotice {
  id: number;
  notice: Notice;
  /** This one included. */
  attempts: number;
  /** How long ago it was written. */
  ageMs: number;
}

/** Takes notices that are due, so that no other replica sends them meanwhile. */
export async function claimNotices(
  { knex, clock }: Ledger,
  options: { limit: number },
): Promise<ClaimedNotice[]> {
  const candidates = knex(TABLES.outbox)
    .select('id')
    .where('due_at', '<=', clock.sql(knex))
    .orderBy('due_at')
    .limit(options.limit);
  if (isPostgres(knex)) {
    candidates.forUpdate().skipLocked();
  }
  const rows = await knex(TABLES.outbox)
    .whereIn('id', candidates)
    .update({
      attempts: knex.raw('attempts + 1'),
      due_at: knex.raw(
        `? + ? * (1 << (case when break_glass_of is not null then 0 when attempts < ? then attempts else ? end))`,
        [clock.sql(knex), FIRST_WAIT_MS, MAXIMUM_DOUBLINGS, MAXIMUM_DOUBLINGS],
      ),
    })
    .returning(['id', 'notice', 'attempts', 'created_at']);
  const now = rows.length ? await clock.now(knex) : 0;
  return rows.map(row => ({
    id: Number(row.id),
    notice: JSON.parse(row.notice),
    attempts: Number(row.attempts),
    ageMs: now - Number(row.created_at),
  }));
}
