import { EventDraft, Instant, LeaseRecord } from '../../../leases/records';
import { noticesFor } from '../../../notices/noticesFor';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';

/** Writes the notices of changes into the outbox, in the transaction of the changes. */
export async function insertNotices(
  { knex }: Ledger,
  options: {
    changes: Array<{ lease: LeaseRecord; events: EventDraft[] }>;
    at: Instant;
  },
): Promise<void> {
  const rows = options.changes
    .flatMap(({ lease, events }) => noticesFor(lease, events))
    .map(notice => ({
      scope: notice.scope,
      notice: JSON.stringify(notice),
      created_at: options.at,
      due_at: options.at,
    }));
  if (rows.length) {
    await knex(TABLES.outbox).insert(rows).onConflict('scope').ignore();
  }
}
