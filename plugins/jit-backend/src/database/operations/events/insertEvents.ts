import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { atOnce, Statement } from '../../atOnce';
import { bulkInsert } from '../../bulkInsert';
import { Ledger } from '../../Ledger';
import { eventColumns, TABLES } from '../../tables';

/** Appends events, in the transaction of the transition they tell of. */
export async function insertEvents(
  ledger: Ledger,
  events: LeaseEventRecord[],
): Promise<void> {
  await atOnce(ledger.knex, eventInserts(ledger, events));
}

/** What appends events. */
export function eventInserts(
  { knex }: Ledger,
  events: LeaseEventRecord[],
): Statement[] {
  return bulkInsert(knex, {
    table: TABLES.events,
    columns: eventColumns,
    records: events,
  });
}
