// `npm run test:peers`: the tests that need peers which npm does not have. Further arguments go to Jest.
import { join } from 'node:path';
import { CHECKOUT } from './lib/checkout.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { main } from './lib/main.mjs';
import { ensureMoto, pythonProblem, startMoto } from './lib/moto.mjs';
import { runNode } from './lib/run.mjs';
import { say, step } from './lib/say.mjs';

const TESTS = ['plugins/jit-backend-module-aws/src/moto.test.ts'];

await main(async signal => {
  await ensureNode();
  await ensureInstall({ signal });
  const problem = pythonProblem();
  if (problem) {
    say(`\n✗ Not tested against moto: ${problem}`);
    return process.env.CI ? 1 : 0;
  }
  await step('moto in .toolchain', () => ensureMoto({ signal }));
  const moto = await step('moto', () => startMoto({ signal }));
  try {
    return await runNode(
      [
        join(CHECKOUT, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'repo',
        'test',
        '--no-watch',
        '--maxWorkers=1',
        ...TESTS,
        ...process.argv.slice(2),
      ],
      { signal, env: { CI: 'true', JIT_TEST_MOTO_URL: moto.url } },
    );
  } finally {
    await moto.stop();
  }
});
