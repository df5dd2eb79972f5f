import { seededRandom } from '@backstage-jit/plugin-jit-test-utils';
import { describePoint, KillPoint } from './__testUtils__/KillPoint';
import { ENGINE_POINTS, OPERATIONS } from './__testUtils__/killPoints';
import { runKills } from './__testUtils__/runKills';

jest.setTimeout(600_000);

const seed = Number(
  process.env.JIT_TEST_SEED ?? Math.ceil(Math.random() * 1e6),
);

/** Every failpoint, with every operation at one of the two that are round it; and a few places that the engine does not name. */
function somePoints(): KillPoint[] {
  const random = seededRandom(seed);
  return [
    ...ENGINE_POINTS.filter(({ operation }) => operation === undefined),
    ...OPERATIONS.map((operation, index) => {
      const round = ENGINE_POINTS.filter(each => each.operation === operation);
      // The first two differ, so that both are met.
      return round[index < 2 ? index : Math.floor(random() * round.length)];
    }),
    { at: 'statement', statement: 'commit', moment: 'sent' },
    { at: 'exchange', verb: 'put', moment: 'late' },
    { at: 'exchange', verb: 'remove', moment: 'after' },
  ];
}

it('leaves outside and ledger in agreement, wherever a backend process is killed', async () => {
  const points = somePoints();
  const { results } = await runKills({
    seed,
    until: { episodes: points.length },
    points,
    lanes: ['postgres', 'sqlite'],
    sure: true,
  });
  const killed = results.flatMap(result => result.killed).sort();
  expect({ seed, killed }).toEqual({
    seed,
    killed: points
      .map(point => describePoint({ ...point, occurrence: 1 }))
      .sort(),
  });
});
