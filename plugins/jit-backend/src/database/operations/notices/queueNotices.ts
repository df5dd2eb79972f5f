import { Instant } from '../../../leases/records';
import { Notice } from '../../../notices/Notice';
import { atOnce, Statement } from '../../atOnce';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Puts notices into the outbox, in the transaction of what they tell. The same scope is told once. */
export async function queueNotices(
  ledger: Ledger,
  options: { notices: Notice[]; at: Instant },
): Promise<void> {
  await atOnce(ledger.knex, noticeInserts(ledger, options));
}

/** What puts notices into the outbox. */
export function noticeInserts(
  { knex }: Ledger,
  { notices, at }: { notices: Notice[]; at: Instant },
): Statement[] {
  const rows = notices.map(notice => ({
    scope: notice.scope,
    notice: JSON.stringify(notice),
    break_glass_of: notice.breakGlassOf ?? null,
    created_at: at,
    due_at: at,
  }));
  return rows.length
    ? [knex(TABLES.outbox).insert(rows).onConflict('scope').ignore()]
    : [];
}
