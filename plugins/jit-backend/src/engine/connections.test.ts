import { LeaseContext } from '@backstage-jit/plugin-jit-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineBench, EngineBenchOptions } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';

jest.setTimeout(60_000);

onBothDatabases('connections', database => {
  const bench = async (options?: EngineBenchOptions) =>
    await EngineBench.create(await database.open(), options);

  it('waits for a connection that is away, says why, and spends no attempt on it', async () => {
    const b = await bench();
    const engine = b.engine();
    const id = await b.ask();
    await b.world.setCondition({ condition: { down: true } });
    await b.run([engine], async () => Boolean((await b.lease(id)).lastError), {
      steps: 5,
    });
    expect(await b.lease(id)).toMatchObject({
      state: 'granting',
      attempts: 0,
      lastError: { class: 'connection' },
    });
    await b.world.setCondition({ condition: { down: false } });
    await b.run([engine], async () => (await b.lease(id)).state === 'active', {
      steps: 5,
    });

    await b.world.setCondition({ condition: { down: true } });
    b.clock.advance(31 * 60_000);
    await b.work(engine);
    b.clock.advance(3_600_000);
    await b.work(engine);
    expect(await b.lease(id)).toMatchObject({ state: 'revoking', attempts: 0 });
    await b.world.setCondition({ condition: { down: false } });
    await b.run([engine], async () => await b.atRest(), { steps: 5 });
    expect((await b.lease(id)).state).toBe('revoked');
    await engine.stop();
  });

  it('writes nothing off: not when the config lost the connection, nor when it leads elsewhere', async () => {
    const b = await bench();
    const engine = b.engine();
    const id = await b.ask();
    await b.work(engine);
    await b.world.repoint({ from: 'main', to: 'other' });
    b.clock.advance(31 * 60_000);

    const unconfigured = b.engine({ configured: false });
    await b.run([unconfigured], async () => (await b.lease(id)).attempts >= 5);
    expect(await b.lease(id)).toMatchObject({
      state: 'revoking',
      lastError: { message: expect.stringContaining('not in the config') },
    });

    const elsewhere = b.engine();
    await b.run([elsewhere], async () =>
      /another system/.test((await b.lease(id)).lastError!.message),
    );
    expect((await b.lease(id)).state).toBe('revoking');

    await b.world.repoint({ from: 'main', to: 'main' });
    const mended = b.engine();
    await b.run([mended], async () => await b.atRest());
    expect((await b.lease(id)).state).toBe('revoked');
    expect(await b.world.things()).toEqual([]);
    await Promise.all(
      [engine, unconfigured, elsewhere, mended].map(each => each.stop()),
    );
  });

  it('lets nobody wait for another connection that does not answer', async () => {
    const b = await bench();
    await b.world.addFault({
      fault: { type: 'hang' },
      match: { system: 'beside', verb: 'put' },
      times: 'always',
    });
    const hanging = await Promise.all(
      [1, 2, 3].map(() => b.ask({ connection: 'beside' })),
    );
    const ids = new Set(
      await Promise.all(Array.from({ length: 20 }, () => b.ask())),
    );
    let allActive = () => {};
    const done = new Promise<void>(resolve => {
      allActive = resolve;
    });
    const engine = b.engine({
      onChange: leases => {
        for (const lease of leases) {
          if (lease.state === 'active' && ids.delete(lease.id) && !ids.size) {
            allActive();
          }
        }
      },
    });
    engine.wake();
    await done;
    for (const id of hanging) {
      expect((await b.lease(id)).state).toBe('granting');
    }
    // Given up on at its deadline, the call counts as one that may have happened.
    await engine.stop();
    expect(await b.lease(hanging[0])).toMatchObject({
      state: 'granting',
      lastError: { class: 'unknown-outcome' },
    });
  });

  it('keeps to the concurrency of a connection whose pause ends while other work is done', async () => {
    const b = await bench({ concurrency: 2 });
    const out = { now: 0, most: 0 };
    const grant = b.provider.grant.bind(b.provider);
    Object.assign(b.provider, {
      grant: async (ctx: LeaseContext) => {
        out.now += 1;
        out.most = Math.max(out.most, out.now);
        // Long enough for others to overlap with it, if they may.
        await sleep(20);
        return await grant(ctx).finally(() => {
          out.now -= 1;
        });
      },
    });
    const now = await b.ledger.clock.now(b.ledger.knex);
    await b.ledger
      .knex('jit_connections')
      .where({ name: 'main' })
      .update({ paused_until: now + 5_000 });
    for (let n = 0; n < 10; n++) {
      await b.ask();
    }
    let asked = 0;
    const engine = b.engine({
      checkEligibility: async () => {
        asked += 1;
        if (asked === 1) {
          b.clock.advance(5_000);
        }
        return b.verdict;
      },
    });
    await b.run([engine], async () =>
      (await b.leases()).every(({ state }) => state === 'active'),
    );
    expect(asked).toBe(10);
    expect(out.most).toBe(2);
    await engine.stop();
  });

  it('leaves a slot to the next as soon as its calls are over, before their outcome is committed', async () => {
    const b = await bench({ concurrency: 1 });
    const ids = [await b.ask(), await b.ask()];
    const calls = { now: 0, most: 0, removals: 0 };
    const counted = <TArgs extends unknown[], TResult>(
      call: (...args: TArgs) => Promise<TResult>,
    ) => {
      return async (...args: TArgs) => {
        calls.now += 1;
        calls.most = Math.max(calls.most, calls.now);
        return await call(...args).finally(() => {
          calls.now -= 1;
        });
      };
    };
    let secondRemoved = () => {};
    const removedTwice = new Promise<void>(resolve => {
      secondRemoved = resolve;
    });
    const { revoke, inspect } = b.provider;
    Object.assign(b.provider, {
      inspect: counted(inspect.bind(b.provider)),
      revoke: counted(async (ctx: LeaseContext) => {
        calls.removals += 1;
        if (calls.removals === 2) {
          secondRemoved();
        }
        return await revoke.call(b.provider, ctx);
      }),
    });
    let looked = 0;
    const engine = b.engine({
      failpoint: async (name, { operation }) => {
        looked += Number(name === 'call-answered' && operation === 'inspect');
        if (name === 'before-commit' && looked === 1) {
          await removedTwice;
        }
      },
    });
    await b.work(engine);
    b.clock.advance(31 * 60_000);
    await b.run([engine], async () => await b.atRest());
    for (const id of ids) {
      expect((await b.lease(id)).state).toBe('revoked');
    }
    expect(calls).toMatchObject({ most: 1, removals: 2 });
    await engine.stop();
  });
});
