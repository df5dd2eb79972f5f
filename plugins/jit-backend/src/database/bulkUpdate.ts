import { Knex } from 'knex';
import { Statement } from './atOnce';
import { Row } from './columns';
import { isPostgres } from './dialect';

/** A whole row as it shall be, and what is known of how it was. */
export interface Change {
  before?: Row;
  after: Row;
}

/**
 * What writes many rows by their id, of all columns those in which any of them differs: one statement on PostgreSQL, one a row on SQLite. Must
 * run in a transaction that has held the rows' locks since they were read.
 */
export function bulkUpdate(
  tx: Knex,
  table: string,
  changes: Change[],
): Statement[] {
  const columns = changedColumns(changes);
  if (!columns.length) {
    return [];
  }
  if (!isPostgres(tx)) {
    return changes.map(({ after }) =>
      tx(table).where({ id: after.id }).update(pick(after, columns)),
    );
  }
  const rows = changes.map(({ after }) => pick(after, ['id', ...columns]));
  return [
    tx.raw(
      `update ?? as t set ${columns
        .map(() => '?? = v.??')
        .join(
          ', ',
        )} from json_populate_recordset(null::??, ?::json) as v where t.id = v.id and t.id = any(?)`,
      [
        table,
        ...columns.flatMap(column => [column, column]),
        table,
        JSON.stringify(rows),
        // Not needed for the result: a planner that has not seen the table yet would read all of it.
        rows.map(({ id }) => String(id)),
      ],
    ),
  ];
}

function changedColumns(changes: Change[]): string[] {
  const [first] = changes;
  return first
    ? Object.keys(first.after).filter(
        column =>
          column !== 'id' &&
          changes.some(
            ({ before, after }) => before?.[column] !== after[column],
          ),
      )
    : [];
}

function pick(row: Row, columns: string[]): Row {
  return Object.fromEntries(columns.map(column => [column, row[column]]));
}
