import { Instant } from '../../../leases/records';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { AnswerKey } from './AnswerKey';

/** Lets a call that had no effect be made again. */
export async function forgetAnswer(
  { knex }: Ledger,
  options: AnswerKey & { until: Instant },
): Promise<void> {
  const { caller, call, key, until } = options;
  await knex(TABLES.idempotency)
    .where({ caller, call, key, expires_at: until })
    .whereNull('status')
    .delete();
}
