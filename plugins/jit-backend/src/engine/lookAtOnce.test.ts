import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';

jest.setTimeout(60_000);

const LEASES = 5;
const HOUR_MS = 3_600_000;

onBothDatabases('the look after a removal', database => {
  const create = async () => await EngineBench.create(await database.open());

  it('is made before the answer to the removal is committed, and both are committed at once', async () => {
    const bench = await create();
    const seen: string[] = [];
    const engine = bench.engine({
      failpoint: async (name, { operation = '' }) => {
        seen.push(`${name} ${operation}`.trim());
      },
    });
    let atOnce = 0;
    for (let n = 0; n < LEASES; n += 1) {
      const id = await bench.ask({ durationMs: HOUR_MS });
      await bench.work(engine);
      seen.length = 0;
      bench.clock.advance(HOUR_MS);
      await bench.work(engine);
      expect(await bench.lease(id)).toMatchObject({
        state: 'revoked',
        endReason: 'expired',
      });
      expect((await bench.story(id)).slice(-2)).toEqual([
        'lease.expired',
        'lease.revoked',
      ]);
      const removed = seen.indexOf('call-answered revoke');
      const looked = seen.indexOf('call-answered inspect');
      expect(removed).toBeGreaterThan(0);
      expect(looked).toBeGreaterThan(removed);
      const between = seen.slice(removed, looked);
      atOnce += between.includes('outcome-committed') ? 0 : 1;
    }
    // Where the machine stands still for a second, the answer is committed first.
    expect(atOnce).toBeGreaterThan(0);
    await engine.stop();
  });

  it('leaves the removal in doubt when the worker dies after it, until that can land no more', async () => {
    const bench = await create();
    const id = await bench.ask({ durationMs: HOUR_MS });
    const first = bench.engine({
      failpoint: async (name, { operation }) => {
        if (name === 'call-answered' && operation === 'inspect') {
          throw new Error('It dies here');
        }
      },
    });
    await bench.work(first);
    bench.clock.advance(HOUR_MS);
    await bench.work(first);
    await first.stop();
    expect(await bench.world.things()).toEqual([]);
    expect((await bench.lease(id)).state).toBe('revoking');

    const second = bench.engine();
    await bench.run([second], bench.atRest.bind(bench));
    expect((await bench.lease(id)).state).toBe('revoked');
    expect((await bench.story(id)).slice(-2)).toEqual([
      'lease.expired',
      'lease.revoked',
    ]);
    await second.stop();
  });
});
