import { Knex } from 'knex';
import { Row } from './columns';
import { isPostgres } from './dialect';

/**
 * Writes many whole rows by their id: one statement on PostgreSQL, where each costs a round trip; one a row on SQLite, where none does.
 * Must run in a transaction that holds the rows' locks.
 */
export async function bulkUpdate(
  tx: Knex,
  table: string,
  rows: Row[],
): Promise<void> {
  if (!rows.length) {
    return;
  }
  if (!isPostgres(tx)) {
    for (const { id, ...columns } of rows) {
      await tx(table).where({ id }).update(columns);
    }
    return;
  }
  const columns = Object.keys(rows[0]).filter(column => column !== 'id');
  await tx.raw(
    `update ?? as t set ${columns
      .map(() => '?? = v.??')
      .join(
        ', ',
      )} from json_populate_recordset(null::??, ?::json) as v where t.id = v.id`,
    [
      table,
      ...columns.flatMap(column => [column, column]),
      table,
      JSON.stringify(rows),
    ],
  );
}
