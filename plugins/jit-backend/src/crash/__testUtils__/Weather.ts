import {
  FakeFaultSchedule,
  seededRandom,
} from '@backstage-jit/plugin-jit-test-utils';
import { CrashWorld } from './CrashWorld';
import { LedgerLine } from './LedgerLine';
import { Door } from './outside/Door';

/** What goes wrong round the processes of an episode, besides that they die. */
export interface WeatherPlan {
  /** Of the outside world: it is slow, refuses, asks for patience, or takes effect and does not say so. */
  faults: FakeFaultSchedule;
  /** When the line to the ledger is cut, counted from the begin of the episode, and for how long. */
  cuts: Array<{ afterMs: number; forMs: number }>;
}

/** Of all exchanges, at the most. Those that every grant needs have to come through at last. */
const SHARE = 0.04;

export function planWeather(options: {
  seed: number;
  index: number;
}): WeatherPlan {
  // Apart from the plan's own chance: with and without weather, the same dies at the same place.
  const random = seededRandom(options.seed * 1_000_033 + options.index);
  const rate = () => random() * SHARE;
  const milliseconds = (most: number) => Math.floor(random() * most);
  return {
    faults: {
      seed: milliseconds(1e6),
      rates: {
        refused: rate(),
        unavailable: rate(),
        tooMany: rate(),
        loseAnswer: rate(),
        latency: 5 * rate(),
      },
      retryAfterMs: 100 + milliseconds(400),
      latencyMs: 20 + milliseconds(400),
    },
    cuts: Array.from({ length: Math.floor(random() * 3) }, () => ({
      afterMs: milliseconds(3_000),
      forMs: 50 + milliseconds(3_000),
    })),
  };
}

/** Has it come as planned. @returns what stops it: from then on all is calm */
export async function begin(
  { faults, cuts }: WeatherPlan,
  { world, door, line }: { world: CrashWorld; door: Door; line?: LedgerLine },
): Promise<() => Promise<void>> {
  await world.scheduleFaults(faults);
  door.scheduleFaults(faults);
  const timers = line
    ? cuts.flatMap(({ afterMs, forMs }) => [
        setTimeout(() => line.cut(), afterMs),
        setTimeout(() => line.mend(), afterMs + forMs),
      ])
    : [];
  return async () => {
    timers.forEach(clearTimeout);
    line?.mend();
    await world.clearFaults();
    door.clearFaults();
  };
}
