// `npm run providers`: what was tried of each provider, on which system. Runs the tests and shows tables of how they ended.
//   --results <file>  judges what an earlier whole run of npm test wrote, and runs nothing
//   --write           puts the tables into docs/providers/index.md when all of it holds
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { ARTIFACTS, jestArgv } from './lib/jest.mjs';
import { main } from './lib/main.mjs';
import { PEER_TESTS, runPeerTests } from './lib/peer-tests.mjs';
import { filesOf } from './lib/providers/providers.mjs';
import { reportProviders } from './lib/providers/reportProviders.mjs';
import { runNode } from './lib/run.mjs';
import { say, step } from './lib/say.mjs';

const TESTS = 'npm test';

/** Runs the files that the cells name; how they ended stands in the results. */
async function runTests(signal) {
  const results = join(ARTIFACTS, 'providers.json');
  const files = filesOf(TESTS);
  const argv = jestArgv({ outputFile: results, maxWorkers: 2, args: files });
  await step(
    `Tests of ${files.length} files`,
    () => runNode(argv, { env: { CI: 'true' }, signal }),
    { talks: true },
  );
  return results;
}

await main(async signal => {
  const { values } = parseArgs({
    options: { results: { type: 'string' }, write: { type: 'boolean' } },
  });
  const { write } = values;
  await ensureNode();
  await ensureInstall({ signal });
  if (values.results) {
    const { results } = values;
    return reportProviders({ command: TESTS, results, write }) ? 0 : 1;
  }
  const results = await runTests(signal);
  const holds = reportProviders({ command: TESTS, results, write });
  const peers = await runPeerTests({ signal });
  if (peers.problem) {
    say(`\n✗ ${peers.problem}`);
    return holds && !process.env.CI ? 0 : 1;
  }
  const alsoHolds = reportProviders({
    command: PEER_TESTS,
    results: peers.results,
    write,
  });
  return holds && alsoHolds ? 0 : 1;
});
