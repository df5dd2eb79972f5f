import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECKOUT, DATA_DIR } from './checkout.mjs';
import { lastLines, startNode } from './processes.mjs';
import { step } from './say.mjs';
import { yarnPath } from './yarn.mjs';

const STAMP = join(CHECKOUT, 'node_modules', '.jit-install');

/** Installs what yarn.lock names, unless that was done by this Node already. */
export async function ensureInstall({ signal }) {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
    return;
  }
  mkdirSync(join(DATA_DIR, 'logs'), { recursive: true, mode: 0o700 });
  await step('Installing the packages (about two minutes the first time)', () =>
    install(signal),
  );
  writeFileSync(STAMP, wanted);
}

function fingerprint() {
  const hash = createHash('sha256');
  hash.update(
    `${process.platform} ${process.arch} ${process.versions.modules}`,
  );
  const files = [
    '.yarnrc.yml',
    'yarn.lock',
    'package.json',
    ...['packages', 'plugins'].flatMap(workspaceManifests),
  ];
  for (const file of files) {
    hash.update(file).update(readFileSync(join(CHECKOUT, file)));
  }
  return hash.digest('hex');
}

function workspaceManifests(folder) {
  return readdirSync(join(CHECKOUT, folder))
    .sort()
    .map(name => join(folder, name, 'package.json'))
    .filter(file => existsSync(join(CHECKOUT, file)));
}

async function install(signal) {
  const logFile = join(DATA_DIR, 'logs', 'install.log');
  const { exited, end } = startNode({
    argv: [yarnPath(), 'install', '--immutable'],
    cwd: CHECKOUT,
    env: { YARN_ENABLE_PROGRESS_BARS: 'false', ...headersEnv() },
    logFile,
  });
  signal.addEventListener('abort', end);
  const code = await exited;
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  if (code !== 0) {
    throw new Error(
      `The packages could not be installed. The end of ${logFile}:\n${lastLines(
        logFile,
      )}`,
    );
  }
}

/** Native packages that have to be compiled need the headers of this Node: take those that came with it rather than fetch them. */
export function headersEnv() {
  const prefix = dirname(dirname(process.execPath));
  const header = join(prefix, 'include', 'node', 'node_version.h');
  if (!existsSync(header)) {
    return {};
  }
  const text = readFileSync(header, 'utf8');
  const version = ['MAJOR', 'MINOR', 'PATCH']
    .map(part => new RegExp(`NODE_${part}_VERSION (\\d+)`).exec(text)?.[1])
    .join('.');
  return version === process.versions.node
    ? { npm_config_nodedir: prefix }
    : {};
}
