import { Notice } from '../../../notices/Notice';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Puts a notice for the operators into the outbox. The same scope is not told again while it has not been sent. */
export async function tellOperators(
  { knex, clock }: Ledger,
  notice: Pick<Notice, 'scope' | 'title' | 'description' | 'leaseId'>,
): Promise<void> {
  const now = await clock.now(knex);
  const whole: Notice = { ...notice, to: 'operators', severity: 'critical' };
  await knex(TABLES.outbox)
    .insert({
      scope: notice.scope,
      notice: JSON.stringify(whole),
      created_at: now,
      due_at: now,
    })
    .onConflict('scope')
    .ignore();
}
