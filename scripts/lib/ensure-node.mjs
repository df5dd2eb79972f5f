import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CHECKOUT } from './checkout.mjs';
import { step } from './say.mjs';

const FITTING = [22, 24];
const FETCHED = 24;
const TOOLCHAIN = join(CHECKOUT, '.toolchain');

/**
 * Returns when this Node fits Backstage. Otherwise fetches one that does into the checkout, runs the script with it, and ends with its
 * exit code: then it never returns.
 */
export async function ensureNode() {
  const major = Number.parseInt(process.versions.node, 10);
  if (FITTING.includes(major)) {
    return;
  }
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const node = join(TOOLCHAIN, 'node_modules', name, 'bin', 'node');
  if (!existsSync(node)) {
    await step(
      `Node ${major} does not fit Backstage: fetching Node ${FETCHED} into .toolchain`,
      () => fetchNode(name),
    );
  }
  process.exit(await runWith(node));
}

async function fetchNode(name) {
  mkdirSync(TOOLCHAIN, { recursive: true });
  const args = [
    'install',
    '--prefix',
    TOOLCHAIN,
    '--no-save',
    '--no-package-lock',
    `${name}@${FETCHED}`,
  ];
  // Set when npm runs us: then npm need not be on the PATH.
  const npm = process.env.npm_execpath;
  const [file, before] = npm?.endsWith('.js')
    ? [process.execPath, [npm]]
    : ['npm', []];
  try {
    await promisify(execFile)(file, [...before, ...args]);
  } catch (error) {
    throw new Error(
      `npm could not fetch ${name}: install Node ${FETCHED} by hand.\n${
        error.stderr || error.message
      }`,
    );
  }
}

function runWith(node) {
  const preload = fileURLToPath(
    new URL('./end-with-starter.cjs', import.meta.url),
  );
  const child = spawn(node, ['--require', preload, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: {
      ...process.env,
      PATH: [dirname(node), process.env.PATH].join(delimiter),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}
