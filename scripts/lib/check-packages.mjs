import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { configProblems } from './check-config.mjs';
import { problemsOf } from './check-package.mjs';
import { unpack } from './tarball.mjs';

/** Prints what kind of feature of a backend a package is, and loads all that it needs on the way. */
const LOAD = `
const it = require(process.argv[1]);
process.stdout.write(it.default?.$$type ?? 'library');
`;

/** What the package is loaded as, by its role; a browser's package is not loaded by Node. */
const LOADED_AS = {
  'backend-plugin': '@backstage/BackendFeature',
  'backend-plugin-module': '@backstage/BackendFeature',
  'common-library': 'library',
  'node-library': 'library',
};

/**
 * Installs the packed packages beside each other, and says what is wrong with them.
 *
 * @param folder - inside the checkout, so that what they depend on is found there
 * @returns sentences, none when all is well
 */
export async function checkPackages({ packed, folder }) {
  const modules = join(folder, 'node_modules');
  rmSync(modules, { recursive: true, force: true });
  const installed = packed.map(({ manifest, folder: source, tarball }) => ({
    manifest,
    source,
    folder: join(modules, manifest.name),
    tarball,
  }));
  for (const one of installed) {
    unpack(one.tarball, one.folder);
  }
  const found = await configProblems({
    folders: installed.map(one => one.folder),
  });
  for (const one of installed) {
    const { manifest } = one;
    const problems = [...problemsOf(one), ...(await loadingProblems(one))];
    found.push(...problems.map(problem => `${manifest.name}: ${problem}`));
  }
  return found;
}

async function loadingProblems({ manifest, folder }) {
  const expected = LOADED_AS[manifest.backstage.role];
  if (!expected) {
    return [];
  }
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['-e', LOAD, folder],
      { cwd: folder },
    );
    return stdout === expected
      ? []
      : [`it is loaded as ${stdout}, not as ${expected}`];
  } catch (error) {
    return [`it cannot be loaded: ${error.stderr}`];
  }
}
