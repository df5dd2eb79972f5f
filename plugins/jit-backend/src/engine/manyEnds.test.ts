import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { TABLES } from '../database/tables';

jest.setTimeout(300_000);

const ENVIRONMENTS = 300;
const HOUR = 3_600_000;
/** So much of the bench's time passes with each claim: all of them take a minute and a half. */
const CLAIM_MS = 300;

/** How fast that is on a clock of its own is a figure of `npm run bench`. */
onBothDatabases('many environments that end at once', database => {
  /** Lets them all end, with or without one more that can never be removed, and counts what that took. */
  async function end(options: { beside: boolean }) {
    const bench = await EngineBench.create(await database.open(), {
      provider: { kind: 'infrastructure' },
    });
    const { knex } = bench.ledger;
    let claims = 0;
    const engine = bench.engine({
      failpoint: async name => {
        if (name === 'claimed') {
          claims += 1;
          bench.clock.advance(CLAIM_MS);
        }
      },
    });
    const stuck = options.beside
      ? await bench.ask({ durationMs: HOUR })
      : undefined;
    for (let n = 0; n < ENVIRONMENTS; n += 1) {
      await bench.ask({ durationMs: HOUR });
    }
    await bench.work(engine);
    const things = await bench.world.things();
    expect(things).toHaveLength(ENVIRONMENTS + (stuck ? 1 : 0));
    const key = things.find(({ leaseId }) => leaseId === stuck)?.key;
    if (key) {
      await bench.world.addFault({
        fault: { type: 'reject', as: 'unavailable' },
        match: { verb: 'remove', key },
        times: 'always',
      });
    }

    const callsBefore = (await bench.world.calls()).length;
    claims = 0;
    bench.clock.advance(HOUR);
    await bench.run([engine], async () => {
      const left = await knex(TABLES.leases)
        .whereNot({ state: 'revoked' })
        .whereNot({ id: stuck ?? 'none' })
        .first('id');
      return left === undefined;
    });
    // Which system it is, is asked now and then, and not for any lease.
    const calls = (await bench.world.calls())
      .slice(callsBefore)
      .filter(({ leaseId }) => leaseId !== undefined);
    const tries = calls.filter(({ leaseId }) => leaseId === stuck).length;
    const lease = stuck ? await bench.lease(stuck) : undefined;
    await engine.stop();
    return { claims, calls: calls.length - tries, tries, lease };
  }

  it('take not one claim or call more beside one that can never be removed, and that takes few', async () => {
    const alone = await end({ beside: false });
    expect(alone.claims).toBe(ENVIRONMENTS);
    expect(alone.calls).toBe(2 * ENVIRONMENTS);

    const { claims, calls, tries, lease } = await end({ beside: true });
    expect(lease).toMatchObject({ state: 'revoking', attempts: tries });
    expect(calls).toBe(alone.calls);
    expect(claims).toBe(alone.claims + tries);
    // It comes again later each time, and then behind what has been due for longer.
    expect(tries).toBeGreaterThan(0);
    expect(tries).toBeLessThan(ENVIRONMENTS / 10);
  });
});
