import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { TABLES } from '../database/tables';
import { createReconciler } from './__testUtils__/createReconciler';

jest.setTimeout(120_000);

const MINUTE = 60_000;

onBothDatabases('orphaned infrastructure', database => {
  async function create(infrastructure: 'report' | 'remove') {
    const bench = await EngineBench.create(await database.open(), {
      provider: { kind: 'infrastructure', id: 'fake.environment' },
    });
    const engine = bench.engine();
    const reconciler = createReconciler({
      ledger: bench.ledger,
      systems: bench.systems(),
      engine,
      settings: {
        orphans: { infrastructure },
        atMost: { count: 60, percent: 100 },
      },
    });
    const pass = async () => {
      await reconciler.reconcileAll('infrastructure');
      await bench.run([engine], async () => true);
      bench.clock.advance(2 * MINUTE);
    };
    const keys = async () =>
      (await bench.world.things()).map(({ key }) => key).sort();

    // Fifty that live, and fifty whose leases have ended: somebody restores them from a snapshot.
    const live: string[] = [];
    const over: string[] = [];
    for (let n = 0; n < 50; n += 1) {
      live.push(await bench.ask());
      over.push(await bench.ask());
    }
    await bench.run([engine], async () =>
      (await bench.leases()).every(({ state }) => state === 'active'),
    );
    const things = await bench.world.things();
    for (const id of over) {
      await bench.wishEnd(id);
    }
    await bench.run([engine], async () =>
      (
        await bench.leases()
      ).every(({ id, state }) => live.includes(id) || state === 'revoked'),
    );
    const orphans = things.filter(({ leaseId }) => over.includes(leaseId!));
    for (const thing of orphans) {
      await bench.world.placeThing({ thing });
      // Look-alikes: the same name and role, of nobody, of another ledger by the same config, and of another installation.
      const { mark } = thing;
      for (const [kind, theirs] of [
        ['bare', undefined],
        ['ledger', { ...mark!, ledgerId: `${mark!.ledgerId}0` }],
        ['installation', { ...mark!, installation: 'bench-2' }],
      ] as const) {
        const key = `${thing.key}-${kind}`;
        await bench.world.placeThing({
          thing: { ...thing, key, mark: theirs },
        });
      }
    }
    const foreign = (await keys()).filter(key => /-(bare|l|i)/.test(key));
    const kept = things
      .filter(({ leaseId }) => live.includes(leaseId!))
      .map(({ key }) => key);
    return { bench, engine, pass, keys, over, live, foreign, kept, orphans };
  }

  it('is removed within two passes where config says so; what is foreign is not touched', async () => {
    const { bench, engine, pass, keys, ...those } = await create('remove');
    expect(those.foreign).toHaveLength(150);
    const begun = await bench.ledger.clock.now(bench.ledger.knex);
    const before = await keys();
    await pass();
    // Seen once only.
    expect(await keys()).toEqual(before);
    await pass();
    const { length } = those.orphans;
    expect(length).toBe(50);
    expect(await keys()).toEqual([...those.foreign, ...those.kept].sort());
    for (const id of those.over) {
      const { state, endReason, verifiedAt } = await bench.lease(id);
      expect({ state, endReason }).toEqual({
        state: 'revoked',
        endReason: 'resurrected',
      });
      expect(verifiedAt! - begun).toBeLessThanOrEqual(5 * MINUTE);
    }
    const states = await Promise.all(those.live.map(id => bench.lease(id)));
    expect(states.every(({ state }) => state === 'active')).toBe(true);
    await engine.stop();
  });

  it('is only reported, once, until an operator says go', async () => {
    const { bench, engine, pass, keys } = await create('report');
    const before = await keys();
    for (let n = 0; n < 4; n += 1) {
      await pass();
    }
    expect(await keys()).toEqual(before);
    const notices = await bench.ledger.knex(TABLES.outbox);
    expect(notices.map(row => row.scope)).toEqual([
      'reconcile/main/fake.environment',
    ]);
    expect(JSON.parse(notices[0].notice).description).toContain(
      '50 things are there whose leases have ended',
    );
    await engine.stop();
  });

  it('is left alone when a look at it does not find it, or fails', async () => {
    const { bench, engine, pass, keys, orphans } = await create('remove');
    await pass();
    const before = await keys();
    await bench.world.addFault({
      fault: { type: 'reject', as: 'forbidden' },
      match: { verb: 'get' },
      times: 'always',
    });
    await pass();
    expect(await keys()).toEqual(before);
    await bench.world.clearFaults();
    const [gone] = orphans;
    await bench.world.addFault({
      fault: { type: 'latency', ms: 0 },
      match: { verb: 'list' },
    });
    await bench.world.snatchThing({ key: gone.key });
    await pass();
    expect((await bench.lease(gone.leaseId!)).endReason).not.toBe(
      'resurrected',
    );
    expect(await keys()).toHaveLength(200);
    await engine.stop();
  });
});
