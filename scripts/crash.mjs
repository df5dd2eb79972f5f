// `npm run crash -- --kills 300 --seed 7 [--databases]`: kills backend processes of the jit plugin at every failpoint, and looks whether all is well after.
import { rmSync } from 'node:fs';
import setup from './jest-postgres-setup.mjs';
import teardown from './jest-postgres-teardown.mjs';
import { crashBundle } from './lib/crash-bundle.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { main } from './lib/main.mjs';
import { runTypescript } from './lib/run-typescript.mjs';

await main(async signal => {
  await ensureNode();
  await ensureInstall({ signal });
  const bundle = await crashBundle();
  await setup();
  try {
    return await runTypescript(
      'plugins/jit-backend/src/crash/__testUtils__/cli.ts',
      { signal, env: { JIT_TEST_CRASH_BUNDLE: bundle } },
    );
  } finally {
    await teardown();
    rmSync(bundle);
  }
});
