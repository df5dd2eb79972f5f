import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { judge, missingFigures, Verdict } from './goals';
import { BenchRun } from './Scenario';
import { SCENARIOS } from './scenarios';

const RESULTS = resolve(__dirname, '../../../../../bench/results.json');

/**
 * `npm run bench`: measures, prints each goal beside what was reached, and keeps all figures for comparison.
 *
 * `--quick`: at a tenth of the size. `--size 0.01`: at any other. `--only storm,steady`: not all.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      size: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const server = process.env.JIT_BENCH_POSTGRES;
  if (!server) {
    throw new Error('Run it by `npm run bench`, which brings a PostgreSQL');
  }
  const size = Number(values.size ?? (values.quick ? 0.1 : 1));
  if (!(size > 0)) {
    throw new Error('--size is a share of the full size, such as 0.1');
  }
  const names = values.only?.split(',') ?? Object.keys(SCENARIOS);
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    loadBefore: loadavg()[0],
  };
  const { history, ...figures } = await measure(names, {
    server,
    sized: full => Math.max(1, Math.round(full * size)),
  });
  // What is asked beside a long history has names of its own.
  const results = { machine, size, ...figures, ...history };
  mkdirSync(dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
  print(judge(results));
  const missing = values.only ? [] : missingFigures(results);
  if (missing.length) {
    throw new Error(`Not measured: ${missing.join(', ')}`);
  }
}

async function measure(
  names: string[],
  run: BenchRun,
): Promise<Record<string, object>> {
  const figures: Record<string, object> = {};
  for (const name of names) {
    const scenario = SCENARIOS[name];
    if (!scenario) {
      throw new Error(
        `There is no ${name}, but ${Object.keys(SCENARIOS).join(', ')}`,
      );
    }
    const begun = performance.now();
    figures[name] = await scenario(run);
    const seconds = Math.round((performance.now() - begun) / 1_000);
    process.stdout.write(
      `${name} (${seconds} s) ${JSON.stringify(figures[name])}\n`,
    );
  }
  return figures;
}

function print(verdicts: Verdict[]): void {
  const rows = verdicts.map(({ what, goal, measured, reached }) => [
    what,
    goal,
    String(measured),
    reached ? 'reached' : 'NOT REACHED',
  ]);
  const table = [['figure', 'goal', 'measured', ''], ...rows];
  const widths = table[0].map((_, column) =>
    Math.max(...table.map(row => row[column].length)),
  );
  for (const row of table) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column]));
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}

main().catch(error => {
  process.stderr.write(`✗ ${error.message}\n`);
  // What was under way may have left connections open.
  process.exit(1);
});
