import { spawn } from 'node:child_process';
import { CHECKOUT } from './checkout.mjs';

/** Runs this very Node with `argv`, its output to our own, until it ends or the signal is aborted. Gives its exit code. */
export function runNode(argv, { env = {}, signal }) {
  const child = spawn(process.execPath, argv, {
    cwd: CHECKOUT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}
