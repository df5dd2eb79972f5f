import { LeaseState } from '@backstage-jit/plugin-jit-common';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { EngineBench } from '../__testUtils__/EngineBench';
import { NEVER_GRANTED } from '../leases/states';
import { isInState, isOpenRow, isUnfinishedRow } from './phases';
import { TABLES, UNFINISHED } from './tables';

jest.setTimeout(60_000);

const ENDED: readonly LeaseState[] = [...NEVER_GRANTED, 'revoked'];
const STATES: readonly LeaseState[] = ['requested', ...UNFINISHED, ...ENDED];

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it('runs on both databases', () => {
  expect(databases.eachSupportedId()).toHaveLength(2);
});

it.each(databases.eachSupportedId())(
  'finds by phase just the leases of the states that are asked for, on %s',
  async databaseId => {
    const knex = await databases.init(databaseId as TestDatabaseId);
    const bench = await EngineBench.create(knex);
    for (const state of STATES) {
      await bench.ask({ state });
    }
    const leases = () => knex(TABLES.leases).orderBy('state').pluck('state');
    expect(await leases().where(isUnfinishedRow(knex))).toEqual(
      [...UNFINISHED].sort(),
    );
    expect(await leases().where(isOpenRow(knex))).toEqual(
      ['requested', ...UNFINISHED].sort(),
    );
    expect(await leases().whereNotNull('over_at')).toEqual([...ENDED].sort());
    await fc.assert(
      fc.asyncProperty(fc.subarray([...STATES]), async states => {
        expect(await leases().where(isInState(knex, states))).toEqual(
          states.sort(),
        );
      }),
    );
  },
);

it('writes no entry of an index for a lease that begins to end', async () => {
  const knex = await databases.init('POSTGRES_18');
  const bench = await EngineBench.create(knex);
  const id = await bench.ask({ durationMs: 60_000 });
  const engine = bench.engine();
  await bench.work(engine);
  await engine.stop();
  const [{ columns }] = (
    await knex.raw(
      `select string_agg(pg_get_indexdef(indexrelid), ' ') as columns
       from pg_index where indrelid = ?::regclass`,
      [TABLES.leases],
    )
  ).rows;
  expect(columns).toContain('requested_at');
  const before = await knex(TABLES.leases).where({ id }).first();
  bench.clock.advance(60_000);
  const ending = bench.engine({
    failpoint: async name => {
      if (name === 'intent-committed') {
        throw new Error('Far enough');
      }
    },
  });
  await bench.work(ending);
  await ending.stop();
  const after = await knex(TABLES.leases).where({ id }).first();
  expect(after.state).toBe('revoking');
  const changed = Object.keys(after).filter(
    column => String(after[column]) !== String(before[column]),
  );
  expect(changed).toContain('ended_at');
  expect(
    changed.filter(column => new RegExp(`\\b${column}\\b`).test(columns)),
  ).toEqual([]);
});
