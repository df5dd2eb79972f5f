import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { AnswerKey } from './AnswerKey';

/**
 * How long a call that was begun and not answered keeps others out: a process may have died over it, and somebody waits to ask again. One that takes
 * longer and meets another loses, without effect.
 */
export const IN_PROGRESS_MS = 10_000;

/** What is known of a call. */
export type BegunAnswer =
  /** It is ours to make. `until` is the proof of it. */
  | { type: 'begun'; until: Instant }
  /** The same key stood for something else. */
  | { type: 'other-body' }
  /** Somebody is at it at this moment. */
  | { type: 'in-progress' }
  | { type: 'answered'; status: number; answer: string };

/** Begins a call, or finds what became of it when it was made before. */
export async function beginAnswer(
  ledger: Ledger,
  options: AnswerKey & { bodyHash: string },
): Promise<BegunAnswer> {
  const { caller, call, key, bodyHash } = options;
  return await inTransaction(ledger, async ({ knex, clock }) => {
    const now = await clock.now(knex);
    const row = { caller, call, key };
    await knex(TABLES.idempotency)
      .where(row)
      .where('expires_at', '<=', now)
      .delete();
    const until = now + IN_PROGRESS_MS;
    const inserted = await knex(TABLES.idempotency)
      .insert({ ...row, body_hash: bodyHash, expires_at: until })
      .onConflict(['caller', 'call', 'key'])
      .ignore()
      .returning('key');
    if (inserted.length) {
      return { type: 'begun', until };
    }
    const known = await knex(TABLES.idempotency).where(row).first();
    if (!known) {
      return { type: 'in-progress' };
    }
    if (known.body_hash !== bodyHash) {
      return { type: 'other-body' };
    }
    return known.status === null
      ? { type: 'in-progress' }
      : {
          type: 'answered',
          status: Number(known.status),
          answer: String(known.answer),
        };
  });
}
