import { knex as connect } from 'knex';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInMemory } from './dialect';

const client = 'better-sqlite3';

it.each([
  [{ client, connection: ':memory:' }, true],
  [{ client, connection: { filename: ':memory:' } }, true],
  [{ client, connection: { filename: join(tmpdir(), 'jit.sqlite') } }, false],
  [{ client: 'pg', connection: 'postgres://127.0.0.1/jit' }, false],
])('tells a ledger that is forgotten: %j', (config, forgotten) => {
  // Opens no connection before a query.
  expect(isInMemory(connect({ ...config, useNullAsDefault: true }))).toBe(
    forgotten,
  );
});
