import { checkAtRest } from './__testUtils__/checks/checkAtRest';
import { readOutside } from './__testUtils__/checks/OutsideState';
import { PEOPLE } from './__testUtils__/crew';
import { KILL_POINTS } from './__testUtils__/killPoints';
import { readLedger } from './__testUtils__/readLedger';
import { runKills } from './__testUtils__/runKills';
import { Site } from './__testUtils__/Site';

jest.setTimeout(300_000);

it('looks again until an outside that shows only what was has shown it twice', async () => {
  const site = await Site.open({ ledger: 'sqlite', lagging: true });
  try {
    const process = await site.start();
    const { api, token } = process.as(PEOPLE[0]);
    await api.createRequest(
      { leases: [{ profileId: 'access', duration: { seconds: 1 } }] },
      { token },
    );
    await site.atRest(process);

    const outside = await readOutside(site.world);
    const state = await readLedger(site.ledger.ledger);
    expect(
      checkAtRest(state, outside, {
        touched: new Set(),
        late: false,
        standing: site.standing,
      }),
    ).toEqual([]);
    const removed = outside.effects.find(({ effect }) => effect === 'removed');
    const looks = outside.calls
      .filter(({ operation }) => operation === 'inspect')
      .filter(({ startedAt }) => startedAt >= removed!.at)
      .map(({ outcome }) => outcome);
    expect(looks.slice(-2)).toEqual(['absent', 'absent']);
  } finally {
    await site.close();
  }
});

it('leaves outside and ledger in agreement when processes die before an outside that shows only what was', async () => {
  // It throws where they do not agree.
  const { results } = await runKills({
    seed: 1,
    until: { episodes: 4 },
    points: KILL_POINTS,
    lanes: ['postgres', 'sqlite'],
    lagging: true,
    weather: true,
  });
  expect(results).toHaveLength(4);
});
