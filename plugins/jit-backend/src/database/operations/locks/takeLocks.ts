import { createHash } from 'node:crypto';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { prepared } from '../../prepared';
import { TABLES } from '../../tables';

/**
 * Holds named locks until the end of the caller's transaction, so that what is counted meanwhile stays true. Always taken before any other
 * lock, and in one order.
 */
export async function takeLocks(
  { knex }: Ledger,
  options: { names: string[][] },
): Promise<void> {
  const names = [...new Set(options.names.map(lockName))].sort();
  if (!names.length || !isPostgres(knex)) {
    // SQLite runs one transaction at a time: to be in one is to hold every lock.
    return;
  }
  await prepared(
    knex,
    knex.raw(
      // Rows that are there are locked as for update, and not written: where the condition is false, PostgreSQL locks all the same.
      `insert into ?? (name) select name from unnest(?::text[]) as wanted(name)
       on conflict (name) do update set name = excluded.name where false`,
      [TABLES.locks, names],
    ),
  );
}

/** People and profiles can have names that are longer than a key. */
function lockName(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
