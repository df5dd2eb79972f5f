import { Knex } from 'knex';

/** True on PostgreSQL, false on SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** @throws Error on a database whose locks and clock the ledger was not built for. */
export function assertSupported(knex: Knex): void {
  const { client } = knex.client.config;
  if (client !== 'pg' && client !== 'better-sqlite3') {
    throw new Error(
      `The jit plugin keeps its ledger on PostgreSQL (pg) or SQLite (better-sqlite3), not on ${client}`,
    );
  }
}

/** Whether all that it holds is forgotten when this process ends. */
export function isInMemory(knex: Knex): boolean {
  const { client, connection } = knex.client.config;
  return (
    client === 'better-sqlite3' &&
    (connection === ':memory:' || connection?.filename === ':memory:')
  );
}
