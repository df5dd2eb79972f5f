import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex, knex as connect } from 'knex';
import { EventChain } from '../events/EventChain';
import { SystemDatabaseClock } from './DatabaseClock';
import { Ledger } from './Ledger';
import { prepared } from './prepared';
import { inTransaction } from './transaction';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('prepared statements', () => {
  let knex: Knex;

  beforeEach(async () => {
    const { client } = await databases.init('POSTGRES_18');
    // One session, so that what happens to it is what the next statement meets.
    knex = connect({
      client: 'pg',
      connection: client.config.connection,
      pool: { min: 1, max: 1 },
    });
    await knex.schema.createTable('things', table => table.integer('n'));
  });

  afterEach(async () => await knex.destroy());

  const ledger = (): Ledger => ({
    knex,
    clock: new SystemDatabaseClock(),
    chain: new EventChain([{ id: 'k1', secret: 'only for tests' }]),
  });
  const sum = (on: Knex) =>
    prepared<{ sum: string }>(
      on,
      on.raw('select sum(n) + ?::int as sum from things', [1]),
    );
  const kept = async (): Promise<Array<{ name: string }>> =>
    await knex('pg_prepared_statements').select('name');

  /** What a pooler makes of sessions: this one knows nothing of what was prepared, or another's statement of the same name. */
  const troubles: Record<string, () => Promise<unknown>> = {
    'does not know it': () => knex.raw('deallocate all'),
    'has it already': async () => {
      const [{ name }] = await kept();
      await knex.destroy();
      knex.initialize();
      await knex.raw(`prepare "${name}" as select 1`);
    },
  };

  it('are parsed once a session', async () => {
    await knex('things').insert({ n: 1 });
    for (let time = 0; time < 3; time += 1) {
      expect(await sum(knex)).toEqual([{ sum: '2' }]);
    }
    expect(await kept()).toHaveLength(1);
  });

  it.each(Object.keys(troubles))(
    'are given up on a session that %s, and nothing is done twice',
    async trouble => {
      await sum(knex);
      await troubles[trouble]();
      const result = await inTransaction(ledger(), async tx => {
        await tx.knex('things').insert({ n: 5 });
        return await sum(tx.knex);
      });
      expect(result).toEqual([{ sum: '6' }]);
      expect(await knex('things')).toEqual([{ n: 5 }]);

      await knex.raw('deallocate all');
      expect(await sum(knex)).toEqual([{ sum: '6' }]);
      expect(await kept()).toEqual([]);
    },
  );

  it('are given up outside a transaction, too', async () => {
    await sum(knex);
    await knex.raw('deallocate all');
    expect(await sum(knex)).toEqual([{ sum: null }]);
    expect(await kept()).toEqual([]);
  });

  it('pass on what is wrong with the statement itself', async () => {
    await expect(
      prepared(knex, knex.raw('select n / 0 from things, (select 1) as one')),
    ).resolves.toEqual([]);
    await knex('things').insert({ n: 1 });
    await expect(
      prepared(knex, knex.raw('select n / 0 from things')),
    ).rejects.toMatchObject({ code: '22012' });
    expect(await kept()).not.toEqual([]);
  });
});
