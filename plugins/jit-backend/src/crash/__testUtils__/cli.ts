import { parseArgs } from 'node:util';
import { LedgerKind } from './CrashLedger';
import { describePoint } from './KillPoint';
import { KILL_POINTS, REAL_POINTS } from './killPoints';
import { runKills } from './runKills';
import { runProgram } from './runProgram';

/** A line that often. */
const EVERY = 10;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * `npm run crash`: as many kills as one likes, over all points, or over those whose description has `--at` in it. What is done is done: a run that
 * was broken off goes on with `--seed` and `--from`. With `--real`: leases on real systems and on emulators, killed at any statement and request there, too. With
 * `--weather` more goes wrong than that processes die, with `--lagging` what happens outside shows only after a while.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '300' },
      seed: { type: 'string' },
      from: { type: 'string', default: '0' },
      episodes: { type: 'string' },
      at: { type: 'string', default: '' },
      real: { type: 'boolean', default: false },
      weather: { type: 'boolean', default: false },
      lagging: { type: 'boolean', default: false },
      lanes: { type: 'string', default: 'postgres,postgres,sqlite' },
    },
  });
  const seed = Number(values.seed ?? Math.ceil(Math.random() * 1e6));
  const from = Number(values.from);
  const lanes = values.lanes.split(',') as LedgerKind[];
  const until = values.episodes
    ? { episodes: Number(values.episodes) }
    : { kills: Number(values.kills) };
  say(
    `Seed ${seed}, from episode ${from}, on ${lanes.join(
      ', ',
    )}. A line every ${EVERY} kills.`,
  );

  const start = performance.now();
  const byKind = new Map<string, number>();
  let told = 0;
  const report = await runKills({
    seed,
    from,
    until,
    real: values.real,
    weather: values.weather,
    lagging: values.lagging,
    points: (values.real ? REAL_POINTS : KILL_POINTS).filter(point =>
      describePoint({ ...point, occurrence: 1 }).includes(values.at),
    ),
    lanes,
    onResult({ plan, killed }, { kills, missed, results }) {
      for (const point of killed) {
        const kind = `${plan.ledger}: ${point.replace(/ #\d+$/, '')}`;
        byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
      }
      if (kills - told >= EVERY) {
        told = kills - (kills % EVERY);
        const minutes = (performance.now() - start) / 60_000;
        say(
          `${kills} kills in ${
            results.length
          } episodes, ${missed} points not reached, ${(kills / minutes).toFixed(
            1,
          )} kills a minute; to go on after a break: --from ${firstUndone(
            results.map(result => result.plan.index),
            from,
          )}`,
        );
      }
    },
  });

  const minutes = (performance.now() - start) / 60_000;
  for (const [kind, times] of [...byKind].sort()) {
    say(`${String(times).padStart(5)} × ${kind}`);
  }
  say(
    `✓ ${report.kills} kills in ${report.results.length} episodes, ${
      report.missed
    } points not reached, ${minutes.toFixed(
      1,
    )} min; outside and ledger agreed each time.`,
  );
}

/** The first episode that is not done. */
function firstUndone(done: number[], from: number): number {
  const known = new Set(done);
  let next = from;
  while (known.has(next)) {
    next += 1;
  }
  return next;
}

runProgram(
  main,
  'The seed with --from and --episodes 1 runs the same episode again: npm run crash -- --seed S --from N --episodes 1',
);
