import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { Ledger } from '../../Ledger';
import { toRow } from '../../columns';
import { eventColumns, TABLES } from '../../tables';

/** SQLite takes so many values in one statement. */
const CHUNK = 500;

/** Appends events, in the transaction of the transition they tell of. */
export async function insertEvents(
  { knex }: Ledger,
  events: LeaseEventRecord[],
): Promise<void> {
  for (let start = 0; start < events.length; start += CHUNK) {
    await knex(TABLES.events).insert(
      events
        .slice(start, start + CHUNK)
        .map(event => toRow(eventColumns, event)),
    );
  }
}
