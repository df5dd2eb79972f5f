import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { EngineBench } from '../__testUtils__/EngineBench';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it('runs on both databases', () => {
  expect(databases.eachSupportedId()).toHaveLength(2);
});

it.each(databases.eachSupportedId())(
  'takes back what was not granted in time, on %s',
  async databaseId => {
    const bench = await EngineBench.create(
      await databases.init(databaseId as TestDatabaseId),
    );
    const engine = bench.engine();
    await bench.world.setCondition({ condition: { down: true } });
    const id = await bench.ask({ grantWithinMs: 60_000 });
    await bench.work(engine);
    bench.clock.advance(50_000);
    await bench.work(engine);
    expect((await bench.lease(id)).state).toBe('granting');
    bench.clock.advance(11_000);
    await bench.work(engine);

    // It is not granted late, either.
    await bench.world.setCondition({ condition: { down: false } });
    await bench.run([engine], async () => await bench.atRest(), { steps: 5 });
    expect(await bench.lease(id)).toMatchObject({
      state: 'revoked',
      endReason: 'failed',
    });
    expect(await bench.story(id)).not.toContain('lease.active');
    expect(await bench.world.things()).toEqual([]);
    await engine.stop();
  },
);
