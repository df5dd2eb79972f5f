import { createHash } from 'node:crypto';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
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
  await knex(TABLES.locks)
    .insert(names.map(name => ({ name })))
    .onConflict('name')
    .ignore();
  await knex(TABLES.locks)
    .select('name')
    .whereIn('name', names)
    .orderBy('name')
    .forUpdate();
}

/** People and profiles can have names that are longer than a key. */
function lockName(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
