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
    /** What becomes of a record whose value of a column is there already: it is left out, or its row changed as is said. */
    conflicts?: { on: string; merge?: Record<string, Knex.Raw> };
  },
): Statement[] {
  const { table, columns, conflicts } = options;
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
              .join(', ')}) select * from ?${conflicts ? ' ?' : ''}`,
            [
              table,
              ...names,
              recordset(tx, { types, rows }),
              ...(conflicts ? [onConflict(tx, conflicts)] : []),
            ],
          ),
        ]
      : [];
  }
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const insert = tx(table).insert(rows.slice(start, start + CHUNK));
    if (conflicts?.merge) {
      insert.onConflict(conflicts.on).merge(conflicts.merge);
    } else if (conflicts) {
      insert.onConflict(conflicts.on).ignore();
    }
    statements.push(insert);
  }
  return statements;
}

/** In words that both databases take. */
function onConflict(
  tx: Knex,
  { on, merge }: { on: string; merge?: Record<string, Knex.Raw> },
): Knex.Raw {
  return merge
    ? tx.raw(
        `on conflict (??) do update set ${Object.keys(merge)
          .map(() => '?? = ?')
          .join(', ')}`,
        [on, ...Object.entries(merge).flat()],
      )
    : tx.raw('on conflict (??) do nothing', [on]);
}
