import { Knex } from 'knex';
import { Columns, encode, Row, typeOf } from './columns';
import { isPostgres } from './dialect';
import { Statement } from './prepared';
import { recordset } from './recordset';

/** A record as it was and as it shall be. */
export interface Change<TRecord> {
  before: TRecord;
  after: TRecord;
}

/**
 * What writes many records by their id, of all fields those in which any of them differs: one statement on PostgreSQL, one a row on SQLite. Must
 * run in a transaction that has held the rows' locks since they were read.
 *
 * @param options - `usual`: what is written whenever none but these differ, so that there are few texts of the statement
 */
export function bulkUpdate<TRecord extends { id: string }>(
  tx: Knex,
  options: {
    table: string;
    columns: Columns<TRecord>;
    changes: Array<Change<TRecord>>;
    usual?: ReadonlyArray<keyof TRecord>;
  },
): Statement[] {
  const { table, columns, changes } = options;
  const fields = fieldsToWrite(options);
  if (!fields.length) {
    return [];
  }
  if (!isPostgres(tx)) {
    return changes.map(({ after }) =>
      tx(table).where({ id: after.id }).update(rowOf(columns, after, fields)),
    );
  }
  const names = fields.map(field => columns[field][0]);
  const rows = changes.map(({ after }) => ({
    id: after.id,
    ...rowOf(columns, after, fields),
  }));
  return [
    tx.raw(
      `update ?? as t set ${names
        .map(() => '?? = v.??')
        .join(', ')} from ? where t.id = v.id and t.id = any(?)`,
      [
        table,
        ...names.flatMap(name => [name, name]),
        recordset(tx, {
          types: {
            id: 'text',
            ...Object.fromEntries(
              fields.map(field => [columns[field][0], typeOf(columns, field)]),
            ),
          },
          rows,
        }),
        // Not needed for the result: a planner that has not seen the table yet would read all of it.
        changes.map(({ after }) => after.id),
      ],
    ),
  ];
}

function fieldsToWrite<TRecord>(options: {
  columns: Columns<TRecord>;
  changes: Array<Change<TRecord>>;
  usual?: ReadonlyArray<keyof TRecord>;
}): ReadonlyArray<keyof TRecord> {
  const { columns, changes, usual = [] } = options;
  const changed = (Object.keys(columns) as Array<keyof TRecord>).filter(field =>
    changes.some(change => differs(columns, change, field)),
  );
  return changed.length && changed.every(field => usual.includes(field))
    ? usual
    : changed;
}

/** Whether any field differs as it is stored. */
export function isChanged<TRecord>(
  columns: Columns<TRecord>,
  change: Change<TRecord>,
): boolean {
  return (Object.keys(columns) as Array<keyof TRecord>).some(field =>
    differs(columns, change, field),
  );
}

function differs<TRecord>(
  columns: Columns<TRecord>,
  { before, after }: Change<TRecord>,
  field: keyof TRecord,
): boolean {
  return (
    before[field] !== after[field] &&
    encode(columns, before, field) !== encode(columns, after, field)
  );
}

function rowOf<TRecord>(
  columns: Columns<TRecord>,
  record: TRecord,
  fields: ReadonlyArray<keyof TRecord>,
): Row {
  const row: Row = {};
  for (const field of fields) {
    row[columns[field][0]] = encode(columns, record, field);
  }
  return row;
}
