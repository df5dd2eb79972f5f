import { Knex } from 'knex';
import { fromRow, namesOf, Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { prepared } from '../../prepared';
import { TABLES } from '../../tables';
import { stopColumns, StopRecord } from './StopRecord';

/** What a stop is looked for by. */
export interface Stoppable {
  subject: string;
  profileId: string;
  connection: string;
  entityRef?: string;
}

/** @returns an open stop that refuses such a lease, the oldest of them; undefined when none does */
export async function openStopFor(
  { knex }: Ledger,
  lease: Stoppable,
): Promise<StopRecord | undefined> {
  const rows = await prepared<Row>(knex, openStop(knex, lease));
  return rows.map(stopIn)[0];
}

/** The query of it, of one row or none, for a statement that asks for more besides. */
export function openStop(
  knex: Knex,
  { subject, profileId, connection, entityRef }: Stoppable,
): Knex.QueryBuilder {
  const query = knex(TABLES.stops)
    .select(namesOf(stopColumns))
    .whereNull('lifted_at');
  for (const [column, value] of Object.entries({
    subject,
    profile_id: profileId,
    connection,
    entity_ref: entityRef ?? null,
  })) {
    query.whereRaw('(?? is null or ?? = ?)', [column, column, value]);
  }
  return query.orderBy(['created_at', 'id']).limit(1);
}

/** The stop in a row of that query, or of what it was joined to; undefined when there was none to join. */
export function stopIn(row: Row): StopRecord | undefined {
  return row.id === null ? undefined : fromRow(stopColumns, row);
}
