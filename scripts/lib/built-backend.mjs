import { build } from 'esbuild';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';
import { readManifest } from './published-packages.mjs';

const BACKEND = join(CHECKOUT, 'packages/backend');
const SCOPE = '@backstage-jit/';

/**
 * Lays the backend out as an image has it: its packages as plain JavaScript, a file for each source, and all else from where this checkout has it.
 *
 * @param folder - below the checkout's `node_modules`
 * @returns where to run it: `node packages/backend`
 */
export async function builtBackend(folder) {
  const plugins = globSync('plugins/*/package.json', { cwd: CHECKOUT })
    .map(path => join(CHECKOUT, dirname(path)))
    .filter(path => existsSync(join(path, 'src/index.ts')))
    .filter(path => readManifest(path).backstage.role !== 'frontend-plugin');
  mkdirSync(join(folder, 'node_modules', SCOPE), { recursive: true });
  for (const from of [...plugins, BACKEND]) {
    const to = join(folder, from.slice(CHECKOUT.length));
    await buildPackage(from, to);
    const { name } = readManifest(from);
    if (name.startsWith(SCOPE)) {
      symlinkSync(to, join(folder, 'node_modules', name));
    }
  }
  return folder;
}

async function buildPackage(from, to) {
  await build({
    entryPoints: globSync('src/**/*.ts', { cwd: from })
      .filter(path => !/\.test\.ts$|__testUtils__/.test(path))
      .map(path => join(from, path)),
    outdir: join(to, 'dist'),
    outbase: join(from, 'src'),
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    logLevel: 'error',
  });
  const manifest = { ...readManifest(from), main: 'dist/index.js' };
  writeFileSync(join(to, 'package.json'), JSON.stringify(manifest));
  const own = join(from, 'node_modules');
  if (existsSync(own)) {
    symlinkSync(own, join(to, 'node_modules'));
  }
  for (const part of ['migrations', 'config.d.ts']) {
    if (existsSync(join(from, part))) {
      cpSync(join(from, part), join(to, part), { recursive: true });
    }
  }
}
