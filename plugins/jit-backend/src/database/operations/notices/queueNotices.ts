import { Instant } from '../../../leases/records';
import { Notice } from '../../../notices/Notice';
import { atOnce, Statement } from '../../atOnce';
import { bulkInsert } from '../../bulkInsert';
import { Columns } from '../../columns';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

interface OutboxRecord {
  scope: string;
  notice: Notice;
  breakGlassOf?: string;
  createdAt: Instant;
  dueAt: Instant;
}

const outboxColumns: Columns<OutboxRecord> = {
  scope: ['scope', 'text'],
  notice: ['notice', 'json'],
  breakGlassOf: ['break_glass_of', 'text'],
  createdAt: ['created_at', 'number'],
  dueAt: ['due_at', 'number'],
};

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
  return bulkInsert(knex, {
    table: TABLES.outbox,
    columns: outboxColumns,
    records: notices.map(notice => ({
      scope: notice.scope,
      notice,
      breakGlassOf: notice.breakGlassOf,
      createdAt: at,
      dueAt: at,
    })),
    conflicts: { on: 'scope' },
  });
}
