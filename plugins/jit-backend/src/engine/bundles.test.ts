import {
  FakeProviderOptions,
  seededRandom,
} from '@backstage-jit/plugin-jit-test-utils';
import { EngineBench, EngineBenchOptions } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { insertProfile } from '../database/operations/profiles/insertProfile';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { askForEnd } from '../leases/wishes';
import { AllowedValues, pinProfile } from '../policy';
import { profileFor } from '../policy/__testUtils__/fixtures';
import { eligibilityCall } from './eligibilityCall';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const SEED = Number(
  process.env.JIT_TEST_SEED ?? Math.ceil(Math.random() * 1e6),
);

onBothDatabases('bundles', database => {
  const create = async (options?: EngineBenchOptions) =>
    await EngineBench.create(await database.open(), options);

  const statesOf = async (bench: EngineBench, ids: string[]) =>
    (await Promise.all(ids.map(id => bench.lease(id)))).map(
      ({ state }) => state,
    );

  const end = async (bench: EngineBench, id: string) =>
    await writeWishes(bench.ledger, {
      leaseIds: [id],
      decide: (lease, now) =>
        askForEnd(lease, {
          actor: 'user:default/ada',
          now,
          reason: 'returned',
          why: 'Done',
        }),
    });

  /** What really happened outside to the things of some leases, in its order. */
  const effectsOf = async (bench: EngineBench, ids: string[]) => {
    const names = ids.map(id => `jit_${id.replaceAll('-', '')}`);
    const effects = await bench.world.effects();
    return effects
      .filter(({ effect }) => effect === 'made' || effect === 'removed')
      .map(({ key, effect }) => [effect, names.indexOf(key.split('/')[0])]);
  };

  it('grants part after part, with one end for all, and takes them back the other way round', async () => {
    const bench = await create();
    const engine = bench.engine();
    await bench.world.setCondition({
      system: 'main',
      condition: { down: true },
    });
    const ids = await bench.askBundle([{}, {}, {}]);
    await bench.work(engine);
    bench.clock.advance(11 * MINUTE);
    await bench.work(engine);
    expect(await statesOf(bench, ids)).toEqual([
      'granting',
      'approved',
      'approved',
    ]);

    // The time that a later part has begins only now.
    await bench.world.setCondition({
      system: 'main',
      condition: { down: false },
    });
    const active = async () =>
      (await statesOf(bench, ids)).every(state => state === 'active');
    await bench.run([engine], active);
    const leases = await Promise.all(ids.map(id => bench.lease(id)));
    expect(new Set(leases.map(({ expiresAt }) => expiresAt)).size).toBe(1);
    for (const thing of await bench.world.things({ system: 'beside' })) {
      expect(thing.expiresAt).toBe(leases[0].expiresAt! + 2 * MINUTE);
    }

    bench.clock.advance(30 * MINUTE);
    await bench.run([engine], async () => await bench.atRest());
    expect(await effectsOf(bench, ids)).toEqual([
      ['made', 0],
      ['made', 1],
      ['made', 2],
      ['removed', 2],
      ['removed', 1],
      ['removed', 0],
    ]);
    for (const id of ids) {
      expect(await bench.lease(id)).toMatchObject({
        state: 'revoked',
        endReason: 'expired',
      });
    }
    await engine.stop();
  });

  it('keeps what a later part stands on, however long that takes to go', async () => {
    const bench = await create();
    const engine = bench.engine();
    const ids = await bench.askBundle([{}, {}]);
    await bench.run(
      [engine],
      async () => (await bench.lease(ids[1])).state === 'active',
    );
    await bench.world.setCondition({
      system: 'beside',
      condition: { rights: 'none' },
    });
    await end(bench, ids[0]);
    for (let minutes = 0; minutes < 20; minutes += 1) {
      await bench.work(engine);
      bench.clock.advance(MINUTE);
    }
    expect(await statesOf(bench, ids)).toEqual(['revoking', 'revoking']);
    expect(await bench.world.things()).toHaveLength(1);

    await bench.world.setCondition({
      system: 'beside',
      condition: { rights: 'full' },
    });
    await bench.run([engine], async () => await bench.atRest());
    expect(await effectsOf(bench, ids)).toEqual([
      ['made', 0],
      ['made', 1],
      ['removed', 1],
      ['removed', 0],
    ]);
    expect(await bench.lease(ids[1])).toMatchObject({ endReason: 'returned' });
    await engine.stop();
  });

  it.each([0, 1])(
    'ends as one when the end of part %d is asked for',
    async n => {
      const bench = await create();
      const engine = bench.engine();
      const ids = await bench.askBundle([{}, {}]);
      await bench.run(
        [engine],
        async () => (await bench.lease(ids[1])).state === 'active',
      );
      await end(bench, ids[n]);
      await bench.run([engine], async () => await bench.atRest());
      const other = ids[1 - n];
      expect(await bench.lease(other)).toMatchObject({
        state: 'revoked',
        endReason: 'returned',
      });
      const events = await bench.ledger.knex('jit_events').where({
        lease_id: other,
        type: 'lease.returned',
      });
      expect(events).toMatchObject([
        {
          actor: 'user:default/ada',
          why: `Ends together with Part ${n} (returned: Done)`,
        },
      ]);
      await engine.stop();
    },
  );

  it('ends with a part that cannot be granted, and grants no later one', async () => {
    const bench = await create();
    const engine = bench.engine();
    const ids = await bench.askBundle([{}, {}, {}]);
    await bench.world.setCondition({
      system: 'beside',
      condition: { rights: 'none' },
    });
    await bench.run(
      [engine],
      async () => (await bench.lease(ids[0])).state === 'revoked',
    );
    expect(await effectsOf(bench, ids)).toEqual([
      ['made', 0],
      ['removed', 0],
    ]);
    expect(await bench.lease(ids[0])).toMatchObject({ endReason: 'failed' });
    expect(await bench.lease(ids[1])).toMatchObject({ endReason: 'failed' });
    expect(await bench.lease(ids[2])).toMatchObject({
      state: 'withdrawn',
      endReason: 'failed',
    });
    await engine.stop();
  });

  /** A bundle whose second part takes its only parameter from the first. */
  const withFact = async (options: { fact: string; allow: AllowedValues }) => {
    const bench = await create();
    const engine = bench.engine({
      checkEligibility: eligibilityCall({
        ledger: bench.ledger,
        systems: bench.systems(),
        checker: {
          check: async ({ subject }) => ({
            outcome: 'eligible',
            rule: 'all',
            subject: { ref: subject, groups: [] },
          }),
        },
      }),
    });
    const pinned = [
      profileFor({ targets: undefined }),
      profileFor({
        targets: undefined,
        parameters: { name: null },
        slots: [
          {
            at: ['name'],
            from: 'parts',
            path: ['part-0', options.fact],
            allow: options.allow,
          },
        ],
      }),
    ].map(profile => pinProfile({ profile, kind: 'access' }));
    for (const each of pinned) {
      await insertProfile(bench.ledger, each);
    }
    const ids = await bench.askBundle([
      { profileHash: pinned[0].hash },
      { profileHash: pinned[1].hash, parameters: { name: null } },
    ]);
    await bench.run(
      [engine],
      async () =>
        !['approved', 'granting'].includes((await bench.lease(ids[1])).state),
    );
    return { bench, engine, ids };
  };

  it('takes from an earlier part what its profile allows', async () => {
    const { bench, engine, ids } = await withFact({
      fact: 'role',
      allow: { pattern: 'read.*' },
    });
    expect(await bench.lease(ids[1])).toMatchObject({
      state: 'active',
      parameters: { name: 'reader' },
    });
    await engine.stop();
  });

  it.each<[string, string, AllowedValues]>([
    ['does not allow', 'role', { values: ['writer'] }],
    ['which has none', 'port', { pattern: '.*' }],
    ['ceiling', 'name', { pattern: '.*' }],
  ])(
    'is refused with what %s, and ends the bundle',
    async (why, fact, allow) => {
      const { bench, engine, ids } = await withFact({ fact, allow });
      expect((await bench.lease(ids[1])).state).toBe('denied');
      const [denied] = await bench.ledger
        .knex('jit_events')
        .where({ lease_id: ids[1], type: 'lease.denied' });
      expect(denied.why).toContain(why);
      await bench.run([engine], async () => await bench.atRest());
      expect(await bench.lease(ids[0])).toMatchObject({
        state: 'revoked',
        endReason: 'ineligible',
      });
      await engine.stop();
    },
  );

  it.each<[string, FakeProviderOptions]>([
    ['things of their own', {}],
    ['shared things', { shared: true }],
    ['lagging reads', { settle: { seconds: 2 } }],
  ])(
    `keeps the order through a storm in which workers die: %s (seed ${SEED})`,
    async (_name, provider) => {
      const bench = await create({ concurrency: 6, provider });
      const random = seededRandom(SEED);
      const engines = [1, 2].map(() =>
        bench.engine({
          failpoint: async () => {
            if (random() < 0.02) {
              throw new Error('The worker died here');
            }
          },
        }),
      );
      await bench.world.scheduleFaults({
        seed: SEED,
        rates: {
          refused: 0.02,
          unavailable: 0.05,
          tooMany: 0.03,
          loseAnswer: 0.06,
          landLate: 0.06,
        },
        landAfterMs: 0,
      });
      const bundles: string[][] = [];
      for (let n = 0; n < 8; n += 1) {
        bundles.push(
          await bench.askBundle([{}, {}, {}].slice(random() < 0.5 ? 1 : 0), {
            durationMs: 1 + Math.floor(random() * 120_000),
            subject: `user:default/p${n % 3}`,
          }),
        );
        await bench.work(...engines);
        bench.clock.advance(random() * 10_000);
        if (random() < 0.3) {
          const parts = bundles[Math.floor(random() * bundles.length)];
          const id = parts[Math.floor(random() * parts.length)];
          const { state } = await bench.lease(id);
          if (['approved', 'granting', 'active'].includes(state)) {
            await end(bench, id);
          }
        }
      }
      await bench.run(engines, async () => await bench.atRest(), {
        steps: 5000,
      });
      await bench.world.clearFaults();

      expect(await bench.world.things()).toEqual([]);
      expect(await bench.world.things({ system: 'beside' })).toEqual([]);
      for (const ids of bundles) {
        for (const id of ids) {
          const story = await bench.story(id);
          const granted = story.includes('lease.granting');
          expect(story.filter(type => type === 'lease.revoked')).toHaveLength(
            granted ? 1 : 0,
          );
        }
        // Whatever is there outside, what it stands on is there as well.
        const there = new Set<number>();
        for (const [effect, part] of await effectsOf(bench, ids)) {
          if (part === -1) {
            continue;
          }
          if (effect === 'made') {
            there.add(Number(part));
          } else {
            there.delete(Number(part));
          }
          const broken = [...there].filter(
            each => each > 0 && !there.has(each - 1),
          );
          expect(broken).toEqual([]);
        }
      }
      await Promise.all(engines.map(engine => engine.stop()));
    },
  );
});
