import { PostgresType } from './recordset';

/** How a field is stored: instants are bigints, which one of the databases answers as text. */
type Kind = 'text' | 'number' | 'boolean' | 'json';

/** The column and kind of each field of a record. */
export type Columns<TRecord> = {
  [K in keyof Required<TRecord>]: readonly [column: string, kind: Kind];
};

/** A row as the database takes it. */
export type Row = Record<string, string | number | boolean | null>;

/** @returns the row of a record, undefined as null */
export function toRow<TRecord extends object>(
  columns: Columns<TRecord>,
  record: TRecord,
): Row {
  const row: Row = {};
  for (const field of fieldsOf(columns)) {
    row[columns[field][0]] = encode(columns, record, field);
  }
  return row;
}

/** One field of a record as the database takes it. */
export function encode<TRecord>(
  columns: Columns<TRecord>,
  record: TRecord,
  field: keyof TRecord,
): Row[string] {
  const value = record[field];
  if (value === undefined) {
    return null;
  }
  return columns[field][1] === 'json'
    ? JSON.stringify(value)
    : (value as string | number | boolean);
}

/** What PostgreSQL keeps a field as, or what it can be assigned from. */
export function typeOf<TRecord>(
  columns: Columns<TRecord>,
  field: keyof TRecord,
): PostgresType {
  const kind = columns[field][1];
  switch (kind) {
    case 'number':
      return 'bigint';
    case 'boolean':
      return 'boolean';
    default:
      return 'text';
  }
}

/** The names of all columns. */
export function namesOf<TRecord>(columns: Columns<TRecord>): string[] {
  return fieldsOf(columns).map(field => columns[field][0]);
}

/** @returns the record of a row, null as undefined */
export function fromRow<TRecord extends object>(
  columns: Columns<TRecord>,
  row: Record<string, unknown>,
): TRecord {
  const record: Record<string, unknown> = {};
  for (const field of fieldsOf(columns)) {
    const [column, kind] = columns[field];
    const value = row[column];
    if (value !== null && value !== undefined) {
      record[field as string] = fromColumn(kind, value);
    }
  }
  return record as TRecord;
}

function fromColumn(kind: Kind, value: unknown): unknown {
  switch (kind) {
    case 'number':
      return Number(value);
    case 'boolean':
      return Boolean(value);
    case 'json':
      return JSON.parse(String(value));
    default:
      return String(value);
  }
}

function fieldsOf<TRecord>(columns: Columns<TRecord>): Array<keyof TRecord> {
  return Object.keys(columns) as Array<keyof TRecord>;
}
