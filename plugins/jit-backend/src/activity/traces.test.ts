import { mockServices } from '@backstage/backend-test-utils';
import { seededRandom } from '@backstage-jit/plugin-jit-test-utils';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { DEFAULT_ACTIVITY_SETTINGS } from '../config';
import { ActivityWatch } from './ActivityWatch';
import { LABELS, Trace, traceOf } from './__testUtils__/traces';

jest.setTimeout(300_000);

const MINUTE = 60_000;
const HORIZON = 90 * MINUTE;
/** Between two ticks of the task that looks. */
const STEP = 5_000;
const OF_EACH = 12;
const seed = Number(
  process.env.JIT_TEST_SEED ?? Math.ceil(Math.random() * 1e6),
);

onBothDatabases(`idleness by traces of use, seed ${seed}`, database => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('ends nothing that is in use, and what is not within its idle time and a minute', async () => {
    const bench = await EngineBench.create(await database.open(), {
      provider: { nature: 'ordered' },
      concurrency: 64,
    });
    const engine = bench.engine();
    const random = seededRandom(seed);
    const traces = new Map<string, Trace>();
    for (const label of LABELS) {
      for (let n = 0; n < OF_EACH; n += 1) {
        const trace = traceOf(label, { random, horizonMs: HORIZON });
        const { idleAfterMs } = trace;
        const id = await bench.ask({
          idleAfterMs,
          idleWarnMs: Math.floor(idleAfterMs / 4),
          durationMs: 10 * HORIZON,
          maximumLifeMs: 10 * HORIZON,
        });
        traces.set(id, trace);
      }
    }
    await bench.run([engine], async () =>
      (await bench.leases()).every(({ state }) => state === 'active'),
    );
    const begins = new Map(
      (await bench.leases()).map(({ id, grantedAt }) => [id, grantedAt!]),
    );
    const keys = new Map(
      (await bench.world.things()).map(({ leaseId, key }) => [leaseId, key]),
    );

    // Its rounds are by the clock of the process, which goes on as the bench's does.
    const elapsed = performance.now.bind(performance);
    const began = bench.clock.worldNow();
    const base = elapsed();
    jest
      .spyOn(performance, 'now')
      .mockImplementation(() => base + bench.clock.worldNow() - began);
    const watch = new ActivityWatch({
      ledger: bench.ledger,
      systems: bench.systems(),
      engine,
      settings: DEFAULT_ACTIVITY_SETTINGS,
      probeEveryMs: 5_000,
      logger: mockServices.logger.mock(),
    });

    const lastUses = new Map<string, number>();
    const until = began + HORIZON;
    while (bench.clock.worldNow() < until) {
      bench.clock.advance(STEP);
      const now = bench.clock.worldNow();
      for (const [id, { uses }] of traces) {
        const begin = begins.get(id)!;
        while (uses.length && begin + uses[0] <= now) {
          uses.shift();
          await bench.world.useThing({ key: keys.get(id)! });
          lastUses.set(id, now);
        }
      }
      await watch.tick();
      await bench.work(engine);
    }

    const late: number[] = [];
    for (const lease of await bench.leases()) {
      const { label, idleAfterMs } = traces.get(lease.id)!;
      const inUse = label === 'busy' || label === 'bursty';
      expect([label, lease.endReason]).toEqual([
        label,
        inUse ? undefined : 'idle',
      ]);
      if (!inUse) {
        const since = lastUses.get(lease.id) ?? lease.grantedAt!;
        late.push(lease.endedAt! - since - idleAfterMs);
      }
    }
    expect(late).toHaveLength(2 * OF_EACH);
    // A second for what the clocks of the bench are apart.
    expect(Math.min(...late)).toBeGreaterThan(-1_000);
    const inTime = late.filter(ms => ms <= MINUTE);
    expect(inTime.length / late.length).toBeGreaterThanOrEqual(0.95);
    await engine.stop();
  });
});
