import { Knex } from 'knex';
import { Columns, namesOf, toRow, typeOf } from './columns';
import { isPostgres } from './dialect';
import { Statement } from './prepared';
import { recordset } from './recordset';

/** SQLite takes so many values in one statement. */
const CHUNK = 500;

/** What inserts many records: one statement on PostgreSQL, whose text is the same however many they are. */
export function bulkInsert<TRecord extends object>(
  tx: Knex,
  options: {
    table: string;
    columns: Columns<TRecord>;
    records: TRecord[];
    /** A record whose value of this column is there already is left out. */
    ignoreConflictsOn?: string;
  },
): Statement[] {
  const { table, columns, ignoreConflictsOn } = options;
  const rows = options.records.map(record => toRow(columns, record));
  if (isPostgres(tx)) {
    const names = namesOf(columns);
    const types = Object.fromEntries(
      (Object.keys(columns) as Array<keyof TRecord>).map(field => [
        columns[field][0],
        typeOf(columns, field),
      ]),
    );
    return rows.length
      ? [
          tx.raw(
            `insert into ?? (${names
              .map(() => '??')
              .join(', ')}) select * from ?${
              ignoreConflictsOn ? ' on conflict (??) do nothing' : ''
            }`,
            [
              table,
              ...names,
              recordset(tx, { types, rows }),
              ...(ignoreConflictsOn ? [ignoreConflictsOn] : []),
            ],
          ),
        ]
      : [];
  }
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const insert = tx(table).insert(rows.slice(start, start + CHUNK));
    statements.push(
      ignoreConflictsOn
        ? insert.onConflict(ignoreConflictsOn).ignore()
        : insert,
    );
  }
  return statements;
}
