import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { DEFAULT_ENGINE_SETTINGS } from '../config';
import { engineMetrics } from './engineMetrics';
import { ledgerMetrics } from './ledgerMetrics';

jest.setTimeout(60_000);

const MINUTE = 60_000;

type Attributes = Record<string, string>;

/** Keeps what is recorded, and asks the gauges. */
function collector() {
  const recorded: Array<[string, number, Attributes]> = [];
  const callbacks: Array<() => Promise<void>> = [];
  const metrics = metricsServiceMock.mock({
    createHistogram: name => ({
      record: (value, attributes) =>
        recorded.push([name, value, attributes as Attributes]),
    }),
    createCounter: name => ({ add: value => recorded.push([name, value, {}]) }),
    createObservableGauge: name => ({
      addCallback: callback => {
        callbacks.push(async () => {
          await callback({
            observe: (value, attributes) =>
              recorded.push([name, value, (attributes ?? {}) as Attributes]),
          });
        });
      },
      removeCallback: () => {},
    }),
  });
  const collect = async () => {
    recorded.length = 0;
    await Promise.all(callbacks.map(callback => callback()));
    return recorded.map(([name, value, attributes]) => [
      [name, ...Object.values(attributes)].join(' '),
      value,
    ]);
  };
  const of = (name: string) => recorded.filter(each => each[0] === name);
  return { metrics, recorded, collect, of };
}

onBothDatabases('the metrics', database => {
  it('say how late an end was, how long a removal took, and how calls came out', async () => {
    const bench = await EngineBench.create(await database.open());
    const { metrics, of } = collector();
    const engine = bench.engine({ observer: engineMetrics(metrics) });
    const id = await bench.ask({ durationMs: 30 * MINUTE });
    await bench.work(engine);
    const given = { provider: 'fake.access', kind: 'access' };
    expect(of('jit.lease.grant.duration')).toEqual([
      ['jit.lease.grant.duration', expect.any(Number), given],
    ]);

    await bench.world.addFault({
      fault: { type: 'reject', as: 'unavailable' },
      match: { verb: 'remove' },
      times: 1,
    });
    bench.clock.advance(31 * MINUTE);
    await bench.run([engine], async () => await bench.atRest());
    const lease = await bench.lease(id);
    expect(of('jit.lease.end.lag')).toEqual([
      ['jit.lease.end.lag', (lease.endedAt! - lease.expiresAt!) / 1_000, given],
    ]);
    expect(of('jit.lease.end.lag')[0][1]).toBeGreaterThanOrEqual(59);
    expect(of('jit.lease.revoke.duration')).toEqual([
      [
        'jit.lease.revoke.duration',
        (lease.verifiedAt! - lease.endedAt!) / 1_000,
        given,
      ],
    ]);
    const calls = of('jit.provider.call.duration').map(
      ([, , { operation, outcome }]) => `${operation} ${outcome}`,
    );
    expect(calls).toEqual(
      expect.arrayContaining([
        'eligibility success',
        'grant success',
        'revoke retryable',
        'revoke success',
        'inspect success',
      ]),
    );
    expect(JSON.stringify(of('jit.lease.end.lag'))).not.toContain(id);
    await engine.stop();
  });

  it('count a claim that was lost', async () => {
    const bench = await EngineBench.create(await database.open());
    const { metrics, of } = collector();
    const other = bench.engine();
    let taken = false;
    const engine = bench.engine({
      observer: engineMetrics(metrics),
      failpoint: async name => {
        if (name === 'before-commit' && !taken) {
          taken = true;
          bench.clock.advance(11_000);
          await bench.work(other);
        }
      },
    });
    await bench.ask();
    await bench.work(engine);
    expect(of('jit.claims.lost')).toEqual([['jit.claims.lost', 1, {}]]);
    await Promise.all([engine.stop(), other.stop()]);
  });

  it('say what waits and what is stuck, whenever they are collected', async () => {
    const bench = await EngineBench.create(await database.open());
    const { metrics, collect } = collector();
    ledgerMetrics({
      metrics,
      ledger: bench.ledger,
      rules: DEFAULT_ENGINE_SETTINGS,
    });
    await bench.ask();
    bench.clock.advance(11 * MINUTE);
    expect(await collect()).toEqual([
      ['jit.queue.due', 1],
      ['jit.leases.stuck', 1],
      ['jit.break_glass.undelivered', 0],
      ['jit.leases.unfinished approved', 1],
    ]);
  });
});
