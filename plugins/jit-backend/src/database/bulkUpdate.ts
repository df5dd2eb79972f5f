import { Knex } from 'knex';
import { Statement } from './atOnce';
import { Row } from './columns';
import { isPostgres } from './dialect';

/**
 * What writes many whole rows by their id: one statement on PostgreSQL, one a row on SQLite. Must run in a transaction that holds the rows'
 * locks.
 */
export function bulkUpdate(tx: Knex, table: string, rows: Row[]): Statement[] {
  if (!rows.length) {
    return [];
  }
  if (!isPostgres(tx)) {
    return rows.map(({ id, ...columns }) =>
      tx(table).where({ id }).update(columns),
    );
  }
  const columns = Object.keys(rows[0]).filter(column => column !== 'id');
  return [
    tx.raw(
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
    ),
  ];
}
