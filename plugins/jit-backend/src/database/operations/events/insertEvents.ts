import { LeaseEventRecord } from '../../../events/LeaseEventRecord';
import { atOnce, Statement } from '../../atOnce';
import { Ledger } from '../../Ledger';
import { toRow } from '../../columns';
import { eventColumns, TABLES } from '../../tables';

/** SQLite takes so many values in one statement. */
const CHUNK = 500;

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
  const statements: Statement[] = [];
  for (let start = 0; start < events.length; start += CHUNK) {
    statements.push(
      knex(TABLES.events).insert(
        events
          .slice(start, start + CHUNK)
          .map(event => toRow(eventColumns, event)),
      ),
    );
  }
  return statements;
}
