import { mockServices } from '@backstage/backend-test-utils';
import { OriginOutcome } from '@backstage-jit/plugin-jit-node';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { TABLES } from '../database/tables';
import { toLease } from '../leases/toLease';
import { lookAtOrigins } from './lookAtOrigins';

jest.setTimeout(60_000);

const MINUTE = 60_000;

onBothDatabases('origins', database => {
  async function withTasks() {
    const bench = await EngineBench.create(await database.open());
    const engine = bench.engine();
    const tasks = new Map<string, OriginOutcome>();
    const look = jest.fn(async (id: string) => {
      const outcome = tasks.get(id);
      if (!outcome) {
        throw new Error('503');
      }
      return outcome;
    });
    const pass = async () => {
      await lookAtOrigins({
        ledger: bench.ledger,
        engine,
        origins: new Map([
          ['task', { type: 'task', service: 'plugin:scaffolder', look }],
        ]),
        logger: mockServices.logger.mock(),
      });
      await bench.work(engine);
    };
    const ask = async (originId: string, originType: string = 'task') =>
      await bench.ask({ originType, originId });
    const origin = async (id: string) =>
      toLease(await bench.lease(id), 0, {
        stuckAfterAttempts: 5,
        stuckAfterMs: MINUTE,
      }).origin;
    const count = async (id: string, type: string) =>
      (await bench.story(id)).filter(each => each === type).length;
    return { bench, engine, tasks, look, pass, ask, origin, count };
  }

  it('keeps the leases of what completed, and ends those of what failed or vanished', async () => {
    const { bench, engine, tasks, look, pass, ask, origin, count } =
      await withTasks();
    const well = [await ask('well'), await ask('well')];
    const [bad, lost] = [await ask('bad'), await ask('lost')];
    const plain = await bench.ask();
    for (const id of ['well', 'bad', 'lost']) {
      tasks.set(id, 'running');
    }
    await bench.work(engine);
    await pass();
    // One look an origin, whatever the number of its leases.
    expect(look).toHaveBeenCalledTimes(3);
    expect(await origin(well[0])).toEqual({
      type: 'task',
      id: 'well',
      settled: false,
    });

    tasks.set('well', 'completed').set('bad', 'failed').set('lost', 'vanished');
    await pass();
    // What is known is not asked for again, and is told once.
    tasks.set('well', 'failed');
    await pass();
    expect(look).toHaveBeenCalledTimes(6);
    for (const id of well) {
      expect((await bench.lease(id)).state).toBe('active');
      expect(await origin(id)).toMatchObject({ settled: true });
      expect(await count(id, 'origin.completed')).toBe(1);
    }
    expect((await bench.lease(plain)).state).toBe('active');
    for (const [id, type, why] of [
      [bad, 'origin.failed', 'The task bad that it was made for failed'],
      [lost, 'origin.vanished', 'The task lost that it was made for is not'],
    ]) {
      expect(await bench.lease(id)).toMatchObject({
        state: 'revoked',
        endReason: 'failed',
        endWish: { why: expect.stringContaining(why) },
      });
      expect(await count(id, type)).toBe(1);
      expect(await count(id, 'lease.revoked')).toBe(1);
    }
    expect(await bench.world.things()).toHaveLength(3);
    await engine.stop();
  });

  it('ends nothing while nobody can tell, shows it, and tells the operators once', async () => {
    const { bench, engine, tasks, pass, ask, origin } = await withTasks();
    const away = await ask('away');
    // Its module was removed.
    const orphan = await ask('x', 'pipeline');
    await bench.work(engine);
    await pass();
    const first = await origin(away);
    expect(first?.unknownSince).toBeDefined();
    const told = async () =>
      await bench.ledger.knex(TABLES.outbox).where('scope', 'like', 'origin/%');
    expect(await told()).toEqual([]);

    bench.clock.advance(11 * MINUTE);
    await pass();
    expect(await told()).toHaveLength(2);
    await bench.ledger.knex(TABLES.outbox).delete();
    bench.clock.advance(11 * MINUTE);
    await pass();
    expect(await told()).toEqual([]);
    expect((await origin(away))?.unknownSince).toBe(first?.unknownSince);
    expect((await bench.lease(away)).state).toBe('active');
    expect((await bench.lease(orphan)).state).toBe('active');

    tasks.set('away', 'running');
    await pass();
    expect(await origin(away)).toEqual({
      type: 'task',
      id: 'away',
      settled: false,
    });
    await engine.stop();
  });

  it('looks again when it died between the look and the write', async () => {
    const { bench, engine, tasks, pass, ask, count } = await withTasks();
    const id = await ask('bad');
    await bench.work(engine);
    tasks.set('bad', 'failed');
    jest.spyOn(bench.ledger.chain, 'append').mockImplementationOnce(() => {
      throw new Error('The process died here');
    });
    await pass();
    expect((await bench.lease(id)).state).toBe('active');
    await pass();
    await pass();
    expect((await bench.lease(id)).state).toBe('revoked');
    expect(await count(id, 'origin.failed')).toBe(1);
    await engine.stop();
  });

  it('ends what was not granted yet without granting it', async () => {
    const { bench, engine, tasks, pass } = await withTasks();
    const startsAt = (await bench.ledger.clock.now(bench.ledger.knex)) + MINUTE;
    const id = await bench.ask({
      startsAt,
      originType: 'task',
      originId: 'bad',
    });
    tasks.set('bad', 'failed');
    await pass();
    expect(await bench.lease(id)).toMatchObject({
      state: 'withdrawn',
      endReason: 'failed',
    });
    expect(await bench.world.things()).toEqual([]);
    expect(await bench.story(id)).not.toContain('lease.granting');
    await engine.stop();
  });
});
