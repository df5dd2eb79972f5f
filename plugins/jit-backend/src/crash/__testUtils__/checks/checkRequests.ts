import { Ledger } from '../../../database/Ledger';
import { TABLES } from '../../../database/tables';
import { Batch } from '../Batch';
import { LedgerState } from '../readLedger';

/** What was asked for under one key was made once, however often it was sent; and all of it, or nothing. */
export async function checkRequests(
  { knex }: Ledger,
  { leases }: LedgerState,
  batch: Batch,
): Promise<string[]> {
  const rows: Array<{ id: string; reason: string }> = await knex(
    TABLES.requests,
  ).select('id', 'reason');
  return batch.planned.flatMap(({ key, leases: planned }) => {
    const made = rows.filter(({ reason }) => reason === key);
    const least = batch.isAnswered(key) ? 1 : 0;
    if (made.length < least || made.length > 1) {
      return [`What was asked for as ${key} was made ${made.length} times`];
    }
    return made.flatMap(({ id }) => {
      const own = leases.filter(({ requestId }) => requestId === id);
      return own.length === planned.length
        ? []
        : [`Of ${planned.length} leases of ${key} there are ${own.length}`];
    });
  });
}
