// `npm run crash -- --kills 300 --seed 7 [--databases]`: kills backend processes of the jit plugin at every failpoint, and looks whether all is well after.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import setup from './jest-postgres-setup.mjs';
import teardown from './jest-postgres-teardown.mjs';
import { CHECKOUT } from './lib/checkout.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { main } from './lib/main.mjs';

await main(async signal => {
  await ensureNode();
  await ensureInstall({ signal });
  await setup();
  try {
    return await run(signal);
  } finally {
    await teardown();
  }
});

function run(signal) {
  const transform = createRequire(import.meta.url).resolve(
    '@backstage/cli-node/config/nodeTransform.cjs',
  );
  const script = 'plugins/jit-backend/src/crash/__testUtils__/cli.ts';
  const child = spawn(
    process.execPath,
    ['--require', transform, join(CHECKOUT, script), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}
