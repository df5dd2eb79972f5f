import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { KillPoint } from './KillPoint';
import { KILL_POINTS, REAL_POINTS } from './killPoints';
import { LedgerKind } from './CrashLedger';
import { ProofLog } from './ProofLog';
import { runKills } from './runKills';
import { runProgram } from './runProgram';

/** A line that often. */
const EVERY = 10;

const LEDGERS: LedgerKind[] = ['postgres', 'sqlite'];

/** They run at once, so that a proof that is broken off has looked at each. */
const SERIES: Array<{
  name: string;
  points: KillPoint[];
  real?: boolean;
  lagging?: boolean;
  /** How many of ten episodes. */
  ofTen: number;
}> = [
  { name: 'fakes', points: KILL_POINTS, ofTen: 6 },
  { name: 'lagging', points: KILL_POINTS, lagging: true, ofTen: 2 },
  { name: 'real', points: REAL_POINTS, real: true, ofTen: 2 },
];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * `npm run prove`: 10,000 seeded episodes in which everything goes wrong at once. It stops at the first in which outside and ledger do not agree,
 * and says how to repeat that one. `--lanes`: how many episodes of each series run at once on each ledger.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      episodes: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      lanes: { type: 'string', default: '2' },
      folder: { type: 'string', default: 'artifacts' },
    },
  });
  const seed = Number(values.seed);
  const lanes = Array.from({ length: Number(values.lanes) }, () => LEDGERS);
  const tens = Math.ceil(Number(values.episodes) / 10);
  const path = join(values.folder, `prove-${seed}.ndjson`);
  const log = new ProofLog(path);
  const before = log.lines.length;
  say(
    `Seed ${seed}: ${before} of ${
      tens * 10
    } episodes are done. A line every ${EVERY}; what is done is in ${path}, and the next start goes on there.`,
  );

  const begin = performance.now();
  const stop = new AbortController();
  const ends = await Promise.allSettled(
    SERIES.map(async ({ name, ofTen, ...series }) => {
      try {
        await runKills({
          ...series,
          seed,
          until: { episodes: tens * ofTen },
          skip: log.doneOf(name),
          weather: true,
          lanes: lanes.flat(),
          signal: stop.signal,
          onResult({ plan, ...came }) {
            const { index } = plan;
            log.append({ series: name, index, ...came });
            if (log.lines.length % EVERY === 0) {
              tell(log, { all: tens * 10, before, begin });
            }
          },
        });
      } catch (error) {
        stop.abort();
        throw error;
      }
    }),
  );
  const failed = ends.filter(end => end.status === 'rejected');
  if (failed.length) {
    throw new Error(failed.map(end => end.reason.message).join('\n'));
  }
  tell(log, { all: tens * 10, before, begin });
  say('✓ Outside and ledger agreed each time.');
}

function tell(
  { lines }: ProofLog,
  { all, before, begin }: { all: number; before: number; begin: number },
): void {
  const count = (what: 'killed' | 'missed') =>
    lines.reduce((sum, line) => sum + line[what].length, 0);
  const letIn = lines.reduce((sum, line) => sum + line.letIn, 0);
  const done = lines.length;
  const minutes = (performance.now() - begin) / 60_000;
  const left = ((all - done) * minutes) / Math.max(1, done - before);
  say(
    `${done} of ${all} episodes, ${count('killed')} kills, ${count(
      'missed',
    )} points not reached, ${letIn} times let in; ${(
      (done - before) /
      minutes
    ).toFixed(1)} a minute, ${Math.round(left)} min to go`,
  );
}

runProgram(
  main,
  'The same episode again: npm run crash -- --weather --lanes postgres,sqlite --seed S --from N --episodes 1 (and --real or --lagging for a series of them)',
);
