import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';

/** Where the results of the tests are put. */
export const ARTIFACTS = join(CHECKOUT, 'artifacts');

/**
 * What runs Jest over the workspaces, and puts how the tests ended into a file, where there is none of an earlier run any more.
 *
 * @param outputFile - what Jest's `--json --outputFile` writes
 * @param args - further arguments to Jest, such as files of tests
 */
export function jestArgv({ outputFile, maxWorkers, args = [] }) {
  mkdirSync(dirname(outputFile), { recursive: true });
  rmSync(outputFile, { force: true });
  return [
    join(CHECKOUT, 'node_modules/@backstage/cli/bin/backstage-cli'),
    'repo',
    'test',
    '--no-watch',
    `--maxWorkers=${maxWorkers}`,
    '--json',
    `--outputFile=${outputFile}`,
    ...args,
  ];
}
