import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { isPostgres } from './dialect';

/** So many texts are kept by each session of the server at the most: more than there are, should one of them turn out to vary. */
const MAXIMUM = 200;

const names = new Map<string, string>();

/** The databases whose sessions do not keep what was prepared, by the configuration of their client. */
const forgetful = new WeakSet<object>();

/** What PostgreSQL says of a prepared statement that is not there, is there already, or was made of another shape of the tables. */
const FORGOTTEN = ['26000', '42P05', '0A000'];

/** A statement that was built and not sent yet. */
export type Statement = Knex.QueryBuilder | Knex.Raw;

/**
 * Runs a statement that PostgreSQL is to parse and plan once a session, not each time: for what is sent all the time.
 *
 * Its text must not depend on how many values there are. It names the columns it reads: `*` would fail once another release has added one. What
 * a partial index asks for stands in it as a literal, else the index is not seen.
 *
 * A pooler that gives each transaction another session, as PgBouncer may, is found out by the first failure: from then on nothing is prepared on
 * this database. What failed is sent once more, unless it was in a transaction: that is `inTransaction`'s.
 *
 * @returns its rows
 */
export async function prepared<TRow>(
  knex: Knex,
  statement: Statement,
): Promise<TRow[]> {
  if (!isPostgres(knex)) {
    return (await statement) as TRow[];
  }
  const { sql, bindings } = statement.toSQL();
  const send = async (): Promise<TRow[]> => {
    const name = forgetful.has(databaseOf(knex)) ? undefined : nameOf(sql);
    const query = knex.raw(sql, bindings as Knex.RawBinding[]);
    return (await (name ? query.options({ name }) : query)).rows;
  };
  try {
    return await send();
  } catch (error) {
    if (!wasForgotten(error)) {
      throw error;
    }
    forgetful.add(databaseOf(knex));
    if (knex.isTransaction) {
      throw error;
    }
    return await send();
  }
}

/** Whether a statement failed because it had been prepared, and for nothing else. */
export function wasForgotten(error: unknown): boolean {
  return FORGOTTEN.includes((error as { code?: string }).code ?? '');
}

/** The same for a transaction as for what it was begun on. */
function databaseOf(knex: Knex): object {
  return knex.client.config;
}

function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known || names.size >= MAXIMUM) {
    return known;
  }
  const name = `jit_${createHash('sha256')
    .update(sql)
    .digest('hex')
    .slice(0, 32)}`;
  names.set(sql, name);
  return name;
}
