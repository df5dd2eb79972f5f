import { mockServices } from '@backstage/backend-test-utils';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { reportUse } from '../database/operations/activity/reportUse';
import { TABLES } from '../database/tables';
import { ActivityWatch } from './ActivityWatch';

jest.setTimeout(60_000);

const MINUTE = 60_000;

onBothDatabases('idleness', database => {
  async function create() {
    const bench = await EngineBench.create(await database.open(), {
      provider: { nature: 'ordered' },
    });
    const engine = bench.engine();
    const logger = mockServices.logger.mock();
    /** A watch of a process that has just begun: so it looks whenever it is asked. */
    const look = async () => {
      await new ActivityWatch({
        ledger: bench.ledger,
        systems: bench.systems(),
        engine,
        settings: { everyMs: MINUTE },
        probeEveryMs: 5_000,
        logger,
      }).tick();
      await bench.work(engine);
    };
    const ask = async (given?: object) => {
      const id = await bench.ask({
        idleAfterMs: 20 * MINUTE,
        idleWarnMs: 5 * MINUTE,
        durationMs: 10 * 60 * MINUTE,
        ...given,
      });
      await bench.run(
        [engine],
        async () => (await bench.lease(id)).state === 'active',
      );
      return id;
    };
    const use = async (id: string) => {
      const [thing] = (await bench.world.things()).filter(
        each => each.leaseId === id,
      );
      await bench.world.useThing({ key: thing.key });
    };
    /** Time in which somebody looks each minute. */
    const pass = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        bench.clock.advance(MINUTE);
        await look();
      }
    };
    return { bench, engine, look, ask, use, pass, logger };
  }

  it('warns about what nobody uses, lets use take that back, and ends it in the end', async () => {
    const { bench, engine, ask, use, pass } = await create();
    const idle = await ask();
    const busy = await ask();
    const never = await ask({ idleAfterMs: undefined });
    const listed = () =>
      bench.world
        .calls()
        .then(
          calls =>
            calls.filter(call => call.operation === 'listActivity').length,
        );

    await pass(14);
    expect(await listed()).toBe(14);
    await use(busy);
    await pass(2);
    expect(await bench.story(idle)).toContain('lease.idle-warned');
    expect(await bench.story(busy)).not.toContain('lease.idle-warned');
    const notices = await bench.ledger.knex(TABLES.outbox);
    expect(notices.map(row => JSON.parse(row.notice).title)).toEqual([
      'Not used, and ends soon: Bench',
    ]);

    await use(idle);
    await pass(1);
    expect((await bench.story(idle)).slice(-1)).toEqual(['lease.used-again']);
    await pass(14);
    expect((await bench.lease(idle)).state).toBe('active');
    await use(busy);
    await pass(6);
    expect(await bench.lease(idle)).toMatchObject({ endReason: 'idle' });
    await bench.run(
      [engine],
      async () => (await bench.lease(idle)).state === 'revoked',
    );
    expect((await bench.lease(busy)).state).toBe('active');
    expect((await bench.lease(never)).state).toBe('active');
    expect(
      (await bench.world.things()).some(({ leaseId }) => leaseId === idle),
    ).toBe(false);
    await engine.stop();
  });

  it('ends nothing while nobody can look, and warns before it does afterwards', async () => {
    const { bench, engine, ask, pass, logger } = await create();
    const id = await ask();
    await pass(1);
    await bench.world.setCondition({ condition: { brokenLists: true } });
    await pass(60);
    expect(await bench.story(id)).not.toContain('lease.idle-warned');
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('is not known'),
      expect.anything(),
    );
    await bench.world.setCondition({ condition: { brokenLists: undefined } });
    await pass(1);
    expect((await bench.story(id)).slice(-1)).toEqual(['lease.idle-warned']);
    await pass(2);
    expect((await bench.lease(id)).state).toBe('active');
    await pass(1);
    expect((await bench.lease(id)).endReason).toBe('idle');
    await engine.stop();
  });

  it('leaves a connection alone that its breaker leaves alone, and tells it of a failure', async () => {
    const { bench, engine, look, ask } = await create();
    await ask();
    await bench.world.setCondition({ condition: { down: true } });
    await look();
    const condition = () =>
      bench.ledger
        .knex(TABLES.connections)
        .where({ name: 'main' })
        .first('failures', 'slots');
    expect(await condition()).toMatchObject({ failures: 1, slots: 1 });
    const before = (await bench.world.calls()).length;
    await look();
    expect(await bench.world.calls()).toHaveLength(before);

    await bench.world.setCondition({ condition: { down: undefined } });
    bench.clock.advance(5_000);
    await look();
    expect(await condition()).toMatchObject({ failures: 0, slots: 2 });
    await engine.stop();
  });

  it('takes a report for use, and takes a warning back for it', async () => {
    const { bench, engine, ask, pass } = await create();
    const id = await ask();
    await pass(16);
    expect((await bench.lease(id)).idleWarnedAt).toBeDefined();
    expect(await reportUse(bench.ledger, { leaseId: id })).toEqual({
      warned: true,
    });
    await bench.work(engine);
    expect((await bench.story(id)).slice(-1)).toEqual(['lease.used-again']);
    await pass(14);
    expect((await bench.lease(id)).state).toBe('active');
    await bench.wishEnd(id);
    await bench.work(engine);
    expect(await reportUse(bench.ledger, { leaseId: id })).toBeUndefined();
    await engine.stop();
  });

  it('takes no word about what was made on another system', async () => {
    const { bench, engine, ask, pass } = await create();
    const id = await ask();
    await pass(1);
    const before = (await bench.lease(id)).activitySeenUntil;
    await bench.world.setIdentity({ identity: 'another' });
    bench.clock.advance(MINUTE);
    await pass(1);
    expect((await bench.lease(id)).activitySeenUntil).toBe(before);
    await engine.stop();
  });
});
