// `npm test`: formatting, types, lint, and where these are good all Jest tests, on SQLite and on a real PostgreSQL. Further arguments go to Jest.
import { join } from 'node:path';
import { CHECKOUT } from './lib/checkout.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { jestCounts } from './lib/jest-counts.mjs';
import { ARTIFACTS, jestArgv } from './lib/jest.mjs';
import { main } from './lib/main.mjs';
import { reportProviders } from './lib/providers/reportProviders.mjs';
import { runNode } from './lib/run.mjs';
import { say, step } from './lib/say.mjs';

const bin = path => join(CHECKOUT, 'node_modules', path);
const BACKSTAGE = bin('@backstage/cli/bin/backstage-cli');
const RESULTS = join(ARTIFACTS, 'jest.json');

const CHECKS = [
  {
    title: 'Formatting',
    argv: [bin('prettier/bin-prettier.js'), '--check', '.'],
  },
  { title: 'Types', argv: [bin('typescript/bin/tsc')] },
  { title: 'Lint', argv: [BACKSTAGE, 'repo', 'lint', '--max-warnings', '0'] },
  { title: 'Tests of the scripts', argv: ['--test', 'scripts/**/*.test.mjs'] },
];

/** Whether the check holds. */
async function holds({ title, argv, env }, signal) {
  try {
    await step(title, () => runToSuccess(argv, { env, signal }), {
      talks: true,
    });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

async function runToSuccess(argv, options) {
  const code = await runNode(argv, options);
  if (code !== 0) {
    throw new Error(`Ended with exit code ${code}`);
  }
}

async function countTests(signal) {
  const argv = jestArgv({
    outputFile: RESULTS,
    maxWorkers: 2,
    args: process.argv.slice(2),
  });
  const good = await holds(
    { title: 'Tests', argv, env: { CI: 'true' } },
    signal,
  );
  const { passed, failed } = jestCounts(RESULTS);
  // Jest may also fail as a whole, after its tests have passed.
  return { passed, failed: good ? failed : Math.max(failed, 1) };
}

await main(async signal => {
  await ensureNode();
  await ensureInstall({ signal });
  const broken = [];
  for (const one of CHECKS) {
    if (!(await holds(one, signal))) {
      broken.push(one.title.toLowerCase());
    }
  }
  if (broken.length) {
    // Told at once, rather than after the half hour of the tests.
    say(`\n0 passed, ${broken.length} failed: ${broken.join(', ')}`);
    return 1;
  }
  const tests = await countTests(signal);
  // Of a part of the tests there is no whole table.
  const isWhole = process.argv.length === 2;
  const told =
    !isWhole || reportProviders({ command: 'npm test', results: RESULTS });
  if (!told) {
    say('\nBesides the tests, failed: the table of the providers');
  }
  const failed = tests.failed + Number(!told);
  say(`\n${tests.passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
});
