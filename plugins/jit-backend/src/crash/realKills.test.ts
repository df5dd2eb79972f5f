import { KillPoint } from './__testUtils__/KillPoint';
import { OUTSIDE_POINTS, REQUEST_POINTS } from './__testUtils__/killPoints';
import { runKills } from './__testUtils__/runKills';

jest.setTimeout(600_000);

const seed = Number(
  process.env.JIT_TEST_SEED ?? Math.ceil(Math.random() * 1e6),
);

it.each<[string, KillPoint[]]>([
  ['statement', OUTSIDE_POINTS],
  ['request', REQUEST_POINTS],
])(
  'leaves nothing on real systems, and makes a database and runs a template once, at whichever %s a backend process is killed',
  async (_, points) => {
    const { kills, missed } = await runKills({
      seed,
      until: { episodes: 4 },
      points,
      lanes: ['postgres', 'sqlite'],
      real: true,
      sure: true,
    });
    expect({ seed, kills, missed }).toEqual({ seed, kills: 4, missed: 0 });
  },
);
