import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';
import { freePort } from './free-port.mjs';
import { waitForOk } from './wait-for.mjs';

const VERSION = '5.2.5';
const TOOLCHAIN = join(CHECKOUT, '.toolchain');
const FOLDER = join(TOOLCHAIN, `moto-${VERSION}`);

/** @returns why Python cannot be used, in words that say what to do; undefined when it can */
export function pythonProblem() {
  const { status } = spawnSync('python3', ['-c', 'import venv, ensurepip'], {
    stdio: 'ignore',
  });
  return status === 0
    ? undefined
    : 'Python 3 with its modules venv and ensurepip is missing (on Debian: apt-get install python3 python3-venv)';
}

/** Puts moto into a virtual environment of its own, once. */
export async function ensureMoto({ signal }) {
  if (existsSync(join(FOLDER, 'complete'))) {
    return;
  }
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(TOOLCHAIN, { recursive: true });
  await run('python3', ['-m', 'venv', FOLDER], signal);
  await run(
    join(FOLDER, 'bin/python'),
    ['-m', 'pip', 'install', '--quiet', `moto[server]==${VERSION}`],
    signal,
  );
  // The last step: what was broken off is not taken for whole.
  mkdirSync(join(FOLDER, 'completing'));
  renameSync(join(FOLDER, 'completing'), join(FOLDER, 'complete'));
}

function run(command, argv, signal) {
  const child = spawn(command, argv, {
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code =>
      code === 0
        ? resolve()
        : reject(new Error(`${command} ended with exit code ${code}`)),
    );
  });
}

/** @returns `url` of a fresh moto on this machine; `stop` ends it */
export async function startMoto({ signal }) {
  const port = await freePort();
  const child = spawn(
    join(FOLDER, 'bin/moto_server'),
    ['-H', '127.0.0.1', '-p', `${port}`],
    { stdio: 'ignore' },
  );
  const exited = new Promise(resolve => {
    child.once('error', resolve);
    child.once('exit', resolve);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  const died = new AbortController();
  exited.then(() => died.abort(new Error('moto did not start')));
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitForOk(`${url}/moto-api/data.json`, {
      signal: AbortSignal.any([signal, died.signal]),
    });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
