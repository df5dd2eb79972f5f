import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';

/**
 * Runs a TypeScript file of this checkout with the arguments that this script was given.
 *
 * @param script - its path from the root
 * @param env - on top of our own
 * @returns its exit code
 */
export function runTypescript(script, { signal, env }) {
  const transform = createRequire(import.meta.url).resolve(
    '@backstage/cli-node/config/nodeTransform.cjs',
  );
  const child = spawn(
    process.execPath,
    ['--require', transform, join(CHECKOUT, script), ...process.argv.slice(2)],
    { stdio: 'inherit', env: { ...process.env, ...env } },
  );
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}
