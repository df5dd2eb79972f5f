import { LeaseContext } from '@backstage-jit/plugin-jit-node';
import { FakeProviderOptions } from '@backstage-jit/plugin-jit-test-utils';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { allowHeld } from '../database/operations/reconcile/reports';
import { createReconciler } from './__testUtils__/createReconciler';

jest.setTimeout(60_000);

onBothDatabases('reconcile', database => {
  async function create(provider?: FakeProviderOptions) {
    const bench = await EngineBench.create(await database.open(), { provider });
    const engine = bench.engine();
    const reconciler = createReconciler({
      ledger: bench.ledger,
      systems: bench.systems(),
      engine,
    });
    const pass = async () => {
      await reconciler.reconcileAll(bench.provider.kind);
      bench.clock.advance(60_000);
      await bench.work(engine);
    };
    return { bench, engine, pass };
  }

  it('leaves alone what agrees, and ends a lease whose thing was removed by hand, seen twice', async () => {
    const { bench, engine, pass } = await create();
    const healthy = await bench.ask();
    const robbed = await bench.ask();
    await bench.work(engine);
    const [thing] = (await bench.world.things()).filter(
      each => each.leaseId === robbed,
    );
    await bench.world.snatchThing({ key: thing.key });

    await pass();
    expect((await bench.lease(robbed)).state).toBe('active');
    await pass();
    expect(await bench.lease(robbed)).toMatchObject({
      state: 'revoked',
      endReason: 'removed-outside',
    });
    expect((await bench.lease(healthy)).state).toBe('active');
    await engine.stop();
  });

  it('asks only about what must be there where things have no mark, and ends all leases on what was removed by hand', async () => {
    const { bench, engine, pass } = await create({
      shared: true,
      marks: false,
    });
    const [ada, bob, cleo] = ['ada', 'bob', 'cleo'].map(
      name => `user:default/${name}`,
    );
    const keyOf = (subject: string) => JSON.stringify(['reader', subject]);
    await bench.world.placeThing({
      thing: { key: keyOf(cleo), role: 'reader', subject: cleo, secret: '' },
    });
    const robbed = [
      await bench.ask({ subject: ada }),
      await bench.ask({ subject: ada }),
    ];
    const healthy = await bench.ask({ subject: bob });
    const standing = await bench.ask({ subject: cleo });
    const over = await bench.ask({ subject: 'user:default/dora' });
    await bench.work(engine);
    await bench.wishEnd(over);
    await bench.work(engine);
    await bench.world.snatchThing({ key: keyOf(ada) });
    // Somebody has given it to her since: that is no lease's.
    await bench.world.placeThing({
      thing: {
        key: keyOf('user:default/dora'),
        role: 'reader',
        subject: 'user:default/dora',
        secret: '',
      },
    });

    await pass();
    await pass();
    for (const id of robbed) {
      expect(await bench.lease(id)).toMatchObject({
        state: 'revoked',
        endReason: 'removed-outside',
      });
    }
    for (const id of [healthy, standing]) {
      expect((await bench.lease(id)).state).toBe('active');
    }
    expect((await bench.lease(over)).state).toBe('revoked');
    expect((await bench.world.things()).map(each => each.key).sort()).toEqual(
      [bob, cleo, 'user:default/dora'].map(keyOf).sort(),
    );
    await engine.stop();
  });

  it('takes back what comes alive after its end', async () => {
    const { bench, engine, pass } = await create();
    const id = await bench.ask();
    await bench.work(engine);
    const [thing] = await bench.world.things();
    await bench.wishEnd(id);
    await bench.work(engine);
    expect((await bench.lease(id)).state).toBe('revoked');

    await bench.world.placeThing({ thing });
    await pass();
    expect((await bench.lease(id)).state).toBe('revoked');
    await pass();
    expect(await bench.lease(id)).toMatchObject({
      state: 'revoked',
      endReason: 'resurrected',
    });
    expect(await bench.world.things()).toEqual([]);
    expect(await bench.story(id)).toContain('lease.resurrected');
    await engine.stop();
  });

  it('takes a last copy for nothing left over before its time, and for that when it is seen after it', async () => {
    const { bench, engine, pass } = await create();
    const keepMs = 3_600_000;
    Object.assign(bench.provider, {
      keep: async ({ handle }: LeaseContext) => ({ done: true, handle }),
    });
    const id = await bench.ask({ keepMs });
    await bench.work(engine);
    await bench.wishEnd(id);
    await bench.work(engine);
    const [copy] = await bench.world.things();
    await pass();
    await pass();
    expect(await bench.world.things()).toEqual([copy]);
    expect((await bench.lease(id)).state).toBe('revoking');

    bench.clock.advance(keepMs);
    await bench.work(engine);
    expect((await bench.lease(id)).state).toBe('revoked');
    await bench.world.placeThing({ thing: copy });
    await pass();
    await pass();
    expect(await bench.lease(id)).toMatchObject({
      state: 'revoked',
      endReason: 'resurrected',
    });
    expect(await bench.world.things()).toEqual([]);
    await engine.stop();
  });

  it('only reports what a restored ledger does not know, until an operator says go', async () => {
    const { bench, engine, pass } = await create();
    const id = await bench.ask();
    await bench.work(engine);
    const [thing] = await bench.world.things();
    // The backup is from before the lease.
    for (const table of ['jit_leases', 'jit_entitlements', 'jit_events']) {
      await bench.ledger.knex(table).delete();
    }
    const foreign = { ...thing, key: 'theirs', mark: undefined };
    await bench.world.placeThing({ thing: foreign });

    await pass();
    await pass();
    await pass();
    expect(await bench.world.things()).toHaveLength(2);
    expect(await allowHeld(bench.ledger, 'main')).toBe(true);
    await pass();
    expect((await bench.world.things()).map(each => each.key)).toEqual([
      'theirs',
    ]);
    expect(await bench.lease(id)).toMatchObject({
      state: 'revoked',
      endReason: 'orphaned',
    });
    await engine.stop();
  });

  it.each(['lapsed', 'withdrawn', 'denied'] as const)(
    'takes back what is %s in a restored ledger, which was granted since the backup, when an operator says go',
    async state => {
      const { bench, engine, pass } = await create();
      const id = await bench.ask();
      await bench.work(engine);
      await bench.ledger
        .knex('jit_leases')
        .where({ id })
        .update({ state, next_action_at: null });
      await bench.ledger.knex('jit_entitlements').delete();

      await pass();
      await pass();
      await pass();
      expect(await bench.world.things()).toHaveLength(1);
      expect((await bench.lease(id)).state).toBe(state);
      expect(await allowHeld(bench.ledger, 'main')).toBe(true);
      await pass();
      expect(await bench.world.things()).toEqual([]);
      expect(await bench.lease(id)).toMatchObject({
        state: 'revoked',
        endReason: 'orphaned',
      });
      expect(await bench.story(id)).toContain('lease.orphaned');
      await engine.stop();
    },
  );

  it('changes nothing when suspiciously much differs, nor on a list that breaks off', async () => {
    const { bench, engine, pass } = await create();
    for (let i = 0; i < 8; i += 1) {
      await bench.ask();
    }
    await bench.work(engine);
    for (const { key } of await bench.world.things()) {
      await bench.world.snatchThing({ key });
    }
    await pass();
    await pass();
    expect((await bench.leases()).map(lease => lease.state)).toEqual(
      Array(8).fill('active'),
    );
    const notices = await bench.ledger.knex('jit_outbox');
    expect(notices.map(row => row.scope)).toEqual([
      'reconcile/main/fake.access',
    ]);

    await bench.world.setCondition({ condition: { brokenLists: true } });
    await pass();
    expect((await bench.leases()).every(each => each.state === 'active')).toBe(
      true,
    );
    await engine.stop();
  });
});
