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
