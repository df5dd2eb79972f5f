import { seededRandom } from '@backstage-jit/plugin-jit-test-utils';
import { NATURES, QUICK_ENGINE } from './__testUtils__/backendConfig';
import { checkAtRest } from './__testUtils__/checks/checkAtRest';
import { checkHistories } from './__testUtils__/checks/checkHistories';
import { readOutside } from './__testUtils__/checks/OutsideState';
import { PEOPLE, STANDING } from './__testUtils__/crew';
import { readLedger } from './__testUtils__/readLedger';
import { Site } from './__testUtils__/Site';

jest.setTimeout(240_000);

const LEASES = 500;
const SEED = Number(
  process.env.JIT_TEST_SEED ?? Math.ceil(Math.random() * 1e6),
);

it(`lets two processes with clocks ten minutes apart end ${LEASES} leases together, each once and none early`, async () => {
  const random = seededRandom(SEED);
  const site = await Site.open({
    ledger: 'postgres',
    engine: QUICK_ENGINE,
    concurrency: 64,
  });
  try {
    const replicas = [await site.start(), await site.start()];
    expect(
      Math.abs(replicas[0].clockOffsetMs - replicas[1].clockOffsetMs),
    ).toBe(600_000);

    // The natures that are done in one step are most of them; those on things that are shared, by the same few people, a third.
    const natures = [...NATURES, ...NATURES.slice(0, 3), 'access' as const];
    const asked: Promise<unknown>[] = [];
    for (let n = 0; n < LEASES; n += 5) {
      const person = PEOPLE[Math.floor(random() * PEOPLE.length)];
      const { api, token } = replicas[(n / 5) % 2].as(person);
      const leases = Array.from({ length: 5 }, () => ({
        profileId: natures[Math.floor(random() * natures.length)],
        duration: { milliseconds: 200 + Math.floor(random() * 4_000) },
      }));
      asked.push(api.createRequest({ leases }, { token }));
    }
    await Promise.all(asked);
    await site.atRest(replicas[0]);

    const { ledger } = site.ledger;
    const state = await readLedger(ledger);
    const outside = await readOutside(site.world);
    expect(state.leases).toHaveLength(LEASES);
    expect({
      seed: SEED,
      problems: [
        ...checkHistories(ledger, state),
        ...checkAtRest(state, outside, {
          touched: new Set(),
          late: false,
          standing: site.standing,
        }),
      ],
    }).toEqual({ seed: SEED, problems: [] });

    const shared = new Set(
      state.leases
        .filter(lease => lease.kept === 'shared' && lease.subject !== STANDING)
        .map(lease => lease.entitlementId),
    );
    expect(shared.size).toBeGreaterThan(5);
    const workers = new Map<string, number>();
    for (const { worker } of outside.calls) {
      workers.set(worker, (workers.get(worker) ?? 0) + 1);
    }
    expect(workers.size).toBe(2);
    for (const calls of workers.values()) {
      expect(calls).toBeGreaterThan(outside.calls.length / 10);
    }
  } finally {
    await site.close();
  }
});
