import { Knex } from 'knex';
import { Row } from './columns';

/** How PostgreSQL reads a value out of JSON. */
export type PostgresType = 'text' | 'bigint' | 'boolean';

/** Rows that stand in a statement as one value, so that its text is the same however many they are. On PostgreSQL. */
export function recordset(
  knex: Knex,
  options: { types: Record<string, PostgresType>; rows: Row[] },
): Knex.Raw {
  const types = Object.entries(options.types);
  return knex.raw(
    `json_to_recordset(?::json) as v(${types
      .map(([, type]) => `?? ${type}`)
      .join(', ')})`,
    [JSON.stringify(options.rows), ...types.map(([name]) => name)],
  );
}
