import { KillPoint } from './__testUtils__/KillPoint';
import { OUTSIDE_POINTS, REQUEST_POINTS } from './__testUtils__/killPoints';
import { runKills } from './__testUtils__/runKills';

jest.setTimeout(600_000);

const seed = Number(
  process.env.JIT_TEST_SEED ?? Math.ceil(Math.random() * 1e6),
);

async function killFourTimes(points: KillPoint[]) {
  const { kills, missed } = await runKills({
    seed,
    until: { episodes: 4 },
    points,
    lanes: ['postgres', 'sqlite'],
    real: true,
    sure: true,
  });
  return { seed, kills, missed };
}

const ALL_FOUR = { seed, kills: 4, missed: 0 };

it('leaves nothing on real systems, and makes a database once, at whichever statement a backend process is killed', async () => {
  expect(await killFourTimes(OUTSIDE_POINTS)).toEqual(ALL_FOUR);
});

it('leaves nothing on real systems, and runs a template once, at whichever request a backend process is killed', async () => {
  expect(await killFourTimes(REQUEST_POINTS)).toEqual(ALL_FOUR);
});
