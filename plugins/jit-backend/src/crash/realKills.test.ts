import { OUTSIDE_POINTS } from './__testUtils__/killPoints';
import { runKills } from './__testUtils__/runKills';

jest.setTimeout(600_000);

const seed = Number(
  process.env.JIT_TEST_SEED ?? Math.ceil(Math.random() * 1e6),
);

it('leaves nothing on real systems, and makes a database once, at whichever statement a backend process is killed', async () => {
  const { kills, missed } = await runKills({
    seed,
    until: { episodes: 4 },
    points: OUTSIDE_POINTS,
    lanes: ['postgres', 'sqlite'],
    real: true,
    sure: true,
  });
  expect({ seed, kills, missed }).toEqual({ seed, kills: 4, missed: 0 });
});
