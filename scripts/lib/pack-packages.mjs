import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';
import { lastLines, startNode } from './processes.mjs';
import { publishedPackages } from './published-packages.mjs';
import { step } from './say.mjs';
import { yarnPath } from './yarn.mjs';

const bin = path => join(CHECKOUT, 'node_modules', path);
const TSC = bin('typescript/bin/tsc');
const BACKSTAGE = bin('@backstage/cli/bin/backstage-cli');

const BUILDS_AT_ONCE = 2;

/**
 * Builds each published package and makes the tarball that a registry would get.
 *
 * @param folder - where the tarballs go; emptied first
 * @returns for each package its `folder`, its `manifest` and the path of its `tarball`
 */
export async function packPackages({ folder, signal }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const run = runner({ folder, signal });
  // The packages' declarations are rolled up from what this writes.
  await step('Types', () => run('tsc', CHECKOUT, [TSC]));
  removeLeftDeclarations();
  const packages = publishedPackages();
  await step('Building', async () => {
    const waiting = [...packages];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const name = basename(next.folder);
        await run(name, next.folder, [BACKSTAGE, 'package', 'build']);
      }
    };
    await Promise.all(Array.from({ length: BUILDS_AT_ONCE }, work));
  });
  // One after the other: packing rewrites a package.json for as long as it takes, and reads all others.
  return await step('Packing', async () => {
    const packed = [];
    for (const one of packages) {
      const name = basename(one.folder);
      const tarball = join(folder, `${name}.tgz`);
      await run(name, one.folder, [yarnPath(), 'pack', '--out', tarball]);
      packed.push({ ...one, tarball });
    }
    return packed;
  });
}

/** The declarations of files that were moved or deleted since would be found before those that took their place. */
function removeLeftDeclarations() {
  const written = join(CHECKOUT, 'dist-types');
  for (const path of readdirSync(written, { recursive: true })) {
    const source = join(CHECKOUT, path.replace(/\.d\.ts$/, ''));
    const stays = ['.ts', '.tsx', '.js'].some(end => existsSync(source + end));
    if (path.endsWith('.d.ts') && !stays) {
      rmSync(join(written, path));
    }
  }
}

function runner({ folder, signal }) {
  return async (name, cwd, argv) => {
    signal.throwIfAborted();
    const logFile = join(folder, 'logs', `${name}.log`);
    const { exited, end } = startNode({ argv, cwd, logFile });
    signal.addEventListener('abort', end);
    const code = await exited;
    signal.removeEventListener('abort', end);
    signal.throwIfAborted();
    if (code !== 0) {
      throw new Error(
        `${name} could not be packed. The end of ${logFile}:\n${lastLines(
          logFile,
        )}`,
      );
    }
  };
}
