import { EventDraft, Instant, LeaseRecord } from '../../../leases/records';
import { noticesFor } from '../../../notices/noticesFor';
import { Ledger } from '../../Ledger';
import { queueNotices } from './queueNotices';

/** Writes the notices of changes into the outbox, in the transaction of the changes. */
export async function insertNotices(
  ledger: Ledger,
  options: {
    changes: Array<{ lease: LeaseRecord; events: EventDraft[] }>;
    at: Instant;
  },
): Promise<void> {
  await queueNotices(ledger, {
    at: options.at,
    notices: options.changes.flatMap(({ lease, events }) =>
      noticesFor(lease, events),
    ),
  });
}
