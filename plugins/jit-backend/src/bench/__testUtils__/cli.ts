import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureBesideStuck } from './besideStuck';
import { measureCommits } from './measureCommits';
import { measureIdle } from './measureIdle';
import { measureSteady } from './measureSteady';
import { Spread } from './figures';
import { measureStorm, Storm } from './measureStorm';

const RESULTS = resolve(__dirname, '../../../../../bench/results.json');

/** `npm run bench`: every figure, printed and kept for comparison. With `--quick`: at a tenth of the size. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false } },
  });
  const server = process.env.JIT_BENCH_POSTGRES;
  if (!server) {
    throw new Error('Run it by `npm run bench`, which brings a PostgreSQL');
  }
  const loadBefore = loadavg()[0];
  const storm = async (options: { latencyMs: number; inFlight: number }) =>
    await measureStorm({
      server,
      leases: values.quick ? 1_000 : 10_000,
      rounds: 3,
      ...options,
    });
  const results = {
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      node: process.version,
      loadBefore,
      commitMs: await measureCommits(server),
    },
    quick: values.quick,
    besideStuck: await measureBesideStuck({
      server,
      environments: values.quick ? 100 : 1_000,
      rounds: 5,
    }),
    storm: await storm({ latencyMs: 50, inFlight: 64 }),
    storm256: await storm({ latencyMs: 50, inFlight: 256 }),
    ceiling: await storm({ latencyMs: 0, inFlight: 256 }),
    steady: await measureSteady({
      server,
      leases: values.quick ? 300 : 3_000,
      apartMs: 10,
      latencyMs: 50,
    }),
    idle: await measureIdle({
      server,
      live: values.quick ? 30_000 : 300_000,
      milliseconds: 30_000,
    }),
  };
  mkdirSync(dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
  const { machine, besideStuck } = results;
  print({
    Machine: `${machine.cores} × ${machine.cpu}, Node ${machine.node}, load ${machine.loadBefore} before`,
    'One commit': `p50 ${machine.commitMs.p50} ms, p99 ${machine.commitMs.p99} ms`,
    [`${besideStuck.environments} environments at once`]: `${besideStuck.alonePerSecond} a second`,
    '… beside one whose teardown fails': beside(besideStuck.besideFailing),
    '… beside one whose teardown hangs': beside(besideStuck.besideHanging),
    'Storm, calls of 50 ms, 64 at once': many(results.storm),
    'Storm, calls of 50 ms, 256 at once': many(results.storm256),
    'Storm, calls that take no time': many(results.ceiling),
    '100 a second, until the call is out': late(results.steady.startLagMs),
    '100 a second, until verified absent': late(results.steady.goneLagMs),
    [`${results.idle.live} live, nothing due`]: `${results.idle.cpuPercent} % of a core, ${results.idle.statementsPerSecond} statements a second, ${results.idle.rssGrowthMb} MB more`,
  });
}

function beside({ perSecond, ratio }: { perSecond: number; ratio: number }) {
  return `${perSecond} a second, ${(100 * ratio).toFixed(1)} %`;
}

function many({ leases, perSecond, cpuMsPerLease }: Storm) {
  return `${perSecond} of ${leases} a second, ${cpuMsPerLease} ms of CPU each`;
}

function late({ p50, p95, p99, max }: Spread) {
  return `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, at most ${max} ms`;
}

function print(rows: Record<string, string>): void {
  const width = Math.max(...Object.keys(rows).map(name => name.length));
  for (const [name, value] of Object.entries(rows)) {
    process.stdout.write(`${name.padEnd(width)}  ${value}\n`);
  }
}

main().catch(error => {
  process.stderr.write(`✗ ${error.message}\n`);
  // What was under way may have left connections open.
  process.exit(1);
});
