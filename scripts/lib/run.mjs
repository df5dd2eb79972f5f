import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
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

/**
 * Runs a program to its end, without a word.
 *
 * @returns what it printed
 * @throws Error with the end of what it printed when it fails
 */
export async function runToEnd(file, args, options) {
  try {
    const { stdout } = await promisify(execFile)(file, args, {
      maxBuffer: 64 * 1024 * 1024,
      ...options,
    });
    return stdout;
  } catch (error) {
    options.signal?.throwIfAborted();
    const lines = `${error.stdout ?? ''}${error.stderr ?? ''}`
      .trimEnd()
      .split('\n')
      .slice(-30)
      // A bundle that throws is printed with its source, which is one long line.
      .map(line => line.slice(0, 300));
    throw new Error(
      `${args.at(-1)} failed:\n${lines.join('\n') || error.message}`,
    );
  }
}
