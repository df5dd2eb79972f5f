import { seededRandom } from '@backstage-jit/plugin-jit-test-utils';
import { LedgerKind } from './CrashLedger';
import { KillPoint, Occurring } from './KillPoint';
import {
  REAL_RECOVERY_POINTS,
  RECOVERY_POINTS,
  surelyReached,
  timesReached,
  timesReachedAgain,
} from './killPoints';
import { BatchPlan, planBatch } from './planBatch';
import { planReal } from './planReal';
import { planWeather, WeatherPlan } from './Weather';

/** One batch of leases and what happens to those who work on them. Follows from the seed and the index alone. */
export interface EpisodePlan {
  index: number;
  ledger: LedgerKind;
  batch: BatchPlan;
  /** Where the process dies; then the one that takes over, and so on. */
  kills: Occurring<KillPoint>[];
  /** How many other processes are at work from the first; they carry on before a new one is started. */
  survivors: number;
  /** From 0 to 1: when the exchange that its sender did not outlive lands, between its death and the last moment that it can. */
  lateness: number;
  /** What else goes wrong, if anything does. */
  weather?: WeatherPlan;
}

/** How often another process is there already. It takes over as soon as it may, before what is late has landed; a new one is seldom so quick. */
const SURVIVORS = { usual: 0.3, late: 0.8 };

/** How many of those that take over one after another die, too, when everything goes wrong. */
const MOST_TAKING_OVER = 4;

export function planEpisode(options: {
  seed: number;
  index: number;
  points: KillPoint[];
  ledgers: LedgerKind[];
  /** Leases on real systems alone. */
  real?: boolean;
  /** Nothing that could miss its point: it is the first time, and there is no second process to get there instead. */
  sure?: boolean;
  /** Whether anything else goes wrong; then there may be three processes, too. */
  weather?: boolean;
}): EpisodePlan {
  const { seed, index, points, ledgers, sure, real } = options;
  const random = seededRandom(seed * 1_000_003 + index);
  const at = <T>(items: T[], n: number) => items[n % items.length];
  const occurring = (point: KillPoint, most: number): Occurring<KillPoint> => ({
    ...point,
    occurrence: 1 + Math.floor(random() * most),
  });

  const ledger = at(ledgers, index);
  // Each round over the points meets each ledger at another place.
  const round = Math.floor(index / points.length);
  const point = at(points, index + round);
  const kill = occurring(
    point,
    sure ? surelyReached(point) : timesReached(point),
  );
  const beside = random() < (isLate(point) ? SURVIVORS.late : SURVIVORS.usual);
  const isBeside = !sure && ledger === 'postgres' && beside;
  const recovery = real ? REAL_RECOVERY_POINTS : RECOVERY_POINTS;
  const recovering = () => {
    const next = at(recovery, Math.floor(random() * 1e6));
    return occurring(next, timesReachedAgain(next));
  };
  const takingOver = options.weather
    ? Math.floor(random() * (MOST_TAKING_OVER + 1))
    : Number(!sure && !isBeside && random() < 0.3);
  return {
    index,
    ledger,
    batch: (real ? planReal : planBatch)({
      name: `seed-${seed}-${index}`,
      random,
      sure,
    }),
    kills: [kill, ...Array.from({ length: takingOver }, recovering)],
    survivors: isBeside ? 1 + Number(Boolean(options.weather) && index % 2) : 0,
    // More often in the end, when the others are at work again.
    lateness: 1 - random() ** 2,
    ...(options.weather && { weather: planWeather({ seed, index }) }),
  };
}

function isLate(point: KillPoint): boolean {
  return 'moment' in point && point.moment === 'late';
}
