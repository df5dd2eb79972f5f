import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { seededRandom } from '@backstage-jit/plugin-jit-test-utils';
import { EngineBench } from '../__testUtils__/EngineBench';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const LEASES = 40;
const SEEDS = [1, 2].map(
  n => n * Number(process.env.JIT_TEST_SEED ?? Math.ceil(Math.random() * 1e6)),
);

it('runs on both databases', () => {
  expect(databases.eachSupportedId()).toHaveLength(2);
});

/**
 * Many leases over a world that refuses, loses answers, lets calls land late and asks for patience, worked by two replicas: whatever happens, each
 * lease ends once, nothing of it is left outside, no two calls are ever out for one thing, and the histories hold.
 */
describe.each(
  databases
    .eachSupportedId()
    .flatMap(([id]) => SEEDS.map(seed => [id, seed] as const)),
)('a storm on %s, seed %d', (databaseId, seed) => {
  it.each([
    ['things of their own', { nature: 'ordered' as const }],
    ['a shared thing', { shared: true }],
    ['lagging reads', { settle: { seconds: 2 } }],
  ])('leaves nothing behind: %s', async (_name, provider) => {
    const bench = await EngineBench.create(
      await databases.init(databaseId as TestDatabaseId),
      { provider, concurrency: 6 },
    );
    const random = seededRandom(seed);
    const engines = [bench.engine(), bench.engine()];
    await bench.world.scheduleFaults({
      seed,
      rates: {
        refused: 0.02,
        unavailable: 0.05,
        tooMany: 0.03,
        loseAnswer: 0.06,
        landLate: 0.06,
      },
      landAfterMs: 0,
    });

    const ids: string[] = [];
    for (let n = 0; n < LEASES; n += 1) {
      const subject = `user:default/p${Math.floor(random() * 10)}`;
      ids.push(
        await bench.ask({
          subject,
          requester: subject,
          durationMs: 1 + Math.floor(random() * 120_000),
        }),
      );
      if (random() < 0.3) {
        await bench.work(...engines);
        bench.clock.advance(random() * 5_000);
      }
      if (random() < 0.2) {
        const id = ids[Math.floor(random() * ids.length)];
        if (
          ['approved', 'granting', 'active'].includes(
            (await bench.lease(id)).state,
          )
        ) {
          await bench.wishEnd(id);
        }
      }
    }
    await bench.run(engines, async () => await bench.atRest(), { steps: 3000 });
    await bench.world.clearFaults();

    expect(await bench.world.things()).toEqual([]);
    for (const lease of await bench.leases()) {
      expect(['revoked', 'withdrawn']).toContain(lease.state);
      const story = await bench.story(lease.id);
      expect(story.filter(type => type === 'lease.revoked').length).toBe(
        lease.state === 'revoked' ? 1 : 0,
      );
      const tooEarly =
        lease.endReason === 'expired' && lease.endedAt! < lease.expiresAt!;
      expect(tooEarly).toBe(false);
    }
    // Two processes on one thing at once would be two hands: a call that was given up on may still be out.
    const overlaps = (await bench.world.calls()).filter(
      call => call.overlapped.length > 0,
    );
    expect(overlaps).toEqual([]);
    await Promise.all(engines.map(engine => engine.stop()));
  });
});
