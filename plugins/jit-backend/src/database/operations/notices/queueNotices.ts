import { Instant } from '../../../leases/records';
import { Notice } from '../../../notices/Notice';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Puts notices into the outbox, in the transaction of what they tell. The same scope is told once. */
export async function queueNotices(
  { knex }: Ledger,
  options: { notices: Notice[]; at: Instant },
): Promise<void> {
  const rows = options.notices.map(notice => ({
    scope: notice.scope,
    notice: JSON.stringify(notice),
    created_at: options.at,
    due_at: options.at,
  }));
  if (rows.length) {
    await knex(TABLES.outbox).insert(rows).onConflict('scope').ignore();
  }
}
