// `npm run providers`: what was tried of each provider, on which system. Runs the tests and shows a table of how they ended.
//   --results <file>  judges what an earlier run of Jest wrote, and runs nothing
//   --write           puts the table into docs/providers/index.md when all of it holds
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKOUT } from './lib/checkout.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { main } from './lib/main.mjs';
import { reportProviders } from './lib/providers/reportProviders.mjs';
import { PROVIDERS } from './lib/providers/providers.mjs';
import { runNode } from './lib/run.mjs';
import { step } from './lib/say.mjs';

const BACKSTAGE = join(
  CHECKOUT,
  'node_modules/@backstage/cli/bin/backstage-cli',
);
const ARTIFACTS = join(CHECKOUT, 'artifacts');

/** Runs the files that the cells name; how they ended stands in the results. */
async function runTests(signal) {
  const outputFile = join(ARTIFACTS, 'providers.json');
  mkdirSync(ARTIFACTS, { recursive: true });
  rmSync(outputFile, { force: true });
  const files = new Set(
    PROVIDERS.flatMap(({ cells }) => Object.values(cells))
      .flatMap(({ tests = [] }) => tests)
      .map(({ file }) => file),
  );
  const argv = [
    BACKSTAGE,
    'repo',
    'test',
    '--no-watch',
    '--maxWorkers=2',
    '--json',
    `--outputFile=${outputFile}`,
    ...files,
  ];
  await step(
    `Tests of ${files.size} files`,
    () => runNode(argv, { env: { CI: 'true' }, signal }),
    { talks: true },
  );
  return outputFile;
}

await main(async signal => {
  const { values } = parseArgs({
    options: { results: { type: 'string' }, write: { type: 'boolean' } },
  });
  await ensureNode();
  await ensureInstall({ signal });
  const results = values.results ?? (await runTests(signal));
  return reportProviders({ results, write: values.write }) ? 0 : 1;
});
