import { ConflictError } from '@backstage/errors';
import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { AnswerKey } from './AnswerKey';

const KEPT_MS = 24 * 3_600_000;

/**
 * Keeps the answer of a call, in the transaction of its effect where it has one: then there is never an effect without its answer.
 *
 * @throws ConflictError when the call took so long that somebody else began it anew
 */
export async function keepAnswer(
  { knex, clock }: Ledger,
  options: AnswerKey & { until: Instant; status: number; answer: string },
): Promise<void> {
  const { caller, call, key, until, status, answer } = options;
  const kept = await knex(TABLES.idempotency)
    .where({ caller, call, key, expires_at: until })
    .whereNull('status')
    .update({
      status,
      answer,
      expires_at: knex.raw('? + ?', [clock.sql(knex), KEPT_MS]),
    });
  if (kept < 1) {
    throw new ConflictError('The same call was begun again meanwhile');
  }
}
