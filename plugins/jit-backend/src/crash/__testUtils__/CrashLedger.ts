import { JsonObject } from '@backstage/types';
import { Knex, knex as connect } from 'knex';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemDatabaseClock } from '../../database/DatabaseClock';
import { Ledger } from '../../database/Ledger';
import { EventChain } from '../../events/EventChain';
import { EVENT_KEYS } from './backendConfig';
import { LedgerLine } from './LedgerLine';
import { waitFor } from './waitFor';

export type LedgerKind = 'postgres' | 'sqlite';

/** A ledger that outlives the processes which work on it, as they are to find it and as a test looks at it. */
export interface CrashLedger {
  kind: LedgerKind;
  ledger: Ledger;
  /** What the processes reach it by, if that can be cut. */
  line?: LedgerLine;
  /** `backend.database` for one process. */
  config(name: string): JsonObject;
  /** What a dead process had sent is done, or never will be. */
  settled(name: string): Promise<void>;
  remove(): Promise<void>;
}

/** @param options - `direct`: a PostgreSQL is reached without a line between */
export async function createCrashLedger(
  kind: LedgerKind,
  options?: { direct?: boolean },
): Promise<CrashLedger> {
  return kind === 'postgres' ? await onPostgres(options) : onSqlite();
}

/** The URL of the PostgreSQL of the test run. */
export function testPostgres(): string {
  const server =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  if (!server) {
    throw new Error('There is no PostgreSQL to test with');
  }
  return server;
}

async function onPostgres(options?: {
  direct?: boolean;
}): Promise<CrashLedger> {
  const server = testPostgres();
  const { hostname, port, username, password } = new URL(server);
  const connection = {
    host: hostname,
    port: Number(port),
    user: username,
    password,
  };
  const prefix = `crash_${randomBytes(6).toString('hex')}_`;
  const database = `${prefix}jit`;
  const admin = connect({ client: 'pg', connection: server });
  await admin.raw('create database ??', [database]);
  const knex = connect({
    client: 'pg',
    connection: { ...connection, database },
    pool: { min: 0, max: 4 },
  });
  const line = options?.direct ? undefined : await LedgerLine.open(connection);
  return {
    kind: 'postgres',
    ledger: ledgerOn(knex),
    line,
    config: name => ({
      client: 'pg',
      prefix,
      connection: {
        ...connection,
        ...(line && { host: '127.0.0.1', port: line.port }),
        application_name: name,
      },
    }),
    async settled(name) {
      await waitFor(
        { what: 'the sessions of a dead process to end', withinMs: 30_000 },
        async () => {
          const [{ count }] = await admin('pg_stat_activity')
            // Another lane's process has the same name.
            .where({ datname: database, application_name: name })
            .count();
          return Number(count) === 0;
        },
      );
    },
    async remove() {
      await line?.close();
      await knex.destroy();
      await admin.raw('drop database ?? with (force)', [database]);
      await admin.destroy();
    },
  };
}

function onSqlite(): CrashLedger {
  const directory = mkdtempSync(join(tmpdir(), 'jit-crash-'));
  const knex = connect({
    client: 'better-sqlite3',
    connection: { filename: join(directory, 'jit.sqlite') },
    useNullAsDefault: true,
  });
  return {
    kind: 'sqlite',
    ledger: ledgerOn(knex),
    config: () => ({ client: 'better-sqlite3', connection: { directory } }),
    async settled() {},
    async remove() {
      await knex.destroy();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function ledgerOn(knex: Knex): Ledger {
  return {
    knex,
    clock: new SystemDatabaseClock(),
    chain: new EventChain(EVENT_KEYS),
  };
}
