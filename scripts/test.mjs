// `npm test`: formatting, types, lint and all Jest tests, on SQLite and on a real PostgreSQL. Further arguments go to Jest.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './lib/checkout.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { jestCounts } from './lib/jest-counts.mjs';
import { main } from './lib/main.mjs';
import { runNode } from './lib/run.mjs';
import { say, step } from './lib/say.mjs';

const bin = path => join(CHECKOUT, 'node_modules', path);
const BACKSTAGE = bin('@backstage/cli/bin/backstage-cli');
const ARTIFACTS = join(CHECKOUT, 'artifacts');

const CHECKS = [
  {
    title: 'Formatting',
    argv: [bin('prettier/bin-prettier.js'), '--check', '.'],
  },
  { title: 'Types', argv: [bin('typescript/bin/tsc')] },
  { title: 'Lint', argv: [BACKSTAGE, 'repo', 'lint', '--max-warnings', '0'] },
];

async function check({ title, argv }, signal) {
  const code = await step(title, () => runNode(argv, { signal }));
  if (code !== 0) {
    say(`✗ ${title}: failed`);
  }
  return code === 0;
}

async function jest(signal) {
  const outputFile = join(ARTIFACTS, 'jest.json');
  rmSync(outputFile, { force: true });
  mkdirSync(ARTIFACTS, { recursive: true });
  const argv = [
    BACKSTAGE,
    'repo',
    'test',
    '--no-watch',
    '--maxWorkers=2',
    '--json',
    `--outputFile=${outputFile}`,
    ...process.argv.slice(2),
  ];
  const code = await step('Tests', () =>
    runNode(argv, { env: { CI: 'true' }, signal }),
  );
  const { passed, failed } = jestCounts(outputFile);
  // Jest may also fail as a whole, after its tests have passed.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

await main(async signal => {
  await ensureNode();
  await ensureInstall({ signal });
  const broken = [];
  for (const one of CHECKS) {
    if (!(await check(one, signal))) {
      broken.push(one.title.toLowerCase());
    }
  }
  const tests = await jest(signal);
  if (broken.length) {
    say(`\nBesides the tests, failed: ${broken.join(', ')}`);
  }
  const failed = tests.failed + broken.length;
  say(`\n${tests.passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
});
