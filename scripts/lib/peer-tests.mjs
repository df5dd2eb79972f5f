import { join } from 'node:path';
import { ARTIFACTS, jestArgv } from './jest.mjs';
import { ensureMoto, pythonProblem, startMoto } from './moto.mjs';
import { filesOf } from './providers/providers.mjs';
import { runNode } from './run.mjs';
import { step } from './say.mjs';

/** The command whose tests these are. */
export const PEER_TESTS = 'npm run test:peers';

/**
 * Runs the tests against peers that npm does not have.
 *
 * @param args - further arguments to Jest
 * @returns `problem` when they cannot run on this machine, in words; else how Jest ended, and the file with the results
 */
export async function runPeerTests({ signal, args = [] }) {
  const problem = pythonProblem();
  if (problem) {
    return { problem: `Not tested against moto: ${problem}` };
  }
  await step('moto in .toolchain', () => ensureMoto({ signal }));
  const moto = await step('moto', () => startMoto({ signal }));
  try {
    const results = join(ARTIFACTS, 'peers.json');
    const argv = jestArgv({
      outputFile: results,
      maxWorkers: 1,
      args: [...filesOf(PEER_TESTS), ...args],
    });
    const code = await runNode(argv, {
      signal,
      env: { CI: 'true', JIT_TEST_MOTO_URL: moto.url },
    });
    return { code, results };
  } finally {
    await moto.stop();
  }
}
