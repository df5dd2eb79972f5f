import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../checkout.mjs';
import { readManifest } from '../published-packages.mjs';
import { step } from '../say.mjs';

/** Makes apps of the Backstage that backstage.json names. */
const CREATE_APP = '@backstage/create-app@0.9.2';

/**
 * Makes a new Backstage app as its own documentation says, and installs it. One that is there already is put back to how it was made.
 *
 * @param packed - our packages: the app takes them from their tarballs, as they are on no registry
 */
export async function makeApp({ app, legacy, shell, packed }) {
  const isThere = existsSync(join(app, 'node_modules'));
  if (isThere) {
    await shell.run('git reset -q --hard && git clean -qfd', { cwd: app });
  } else {
    const kind = legacy ? '--legacy' : '';
    await step(`A new Backstage app in ${app}`, () =>
      shell.run(
        `BACKSTAGE_APP_NAME=trial npx --yes ${CREATE_APP} ${kind} --skip-install --path '${app}'`,
      ),
    );
  }
  const created = readBackstageVersion(app);
  if (created !== readBackstageVersion(CHECKOUT)) {
    throw new Error(
      `${CREATE_APP} made an app of Backstage ${created}: choose the one for ${readBackstageVersion(
        CHECKOUT,
      )}`,
    );
  }
  resolveAsHere({ app, packed });
  if (!isThere) {
    await step('Installing the app (some minutes)', () =>
      shell.run('yarn install', { cwd: app }),
    );
  }
}

/**
 * Our packages from their tarballs, what this checkout needs to be installed anywhere, and the Backstage that was tried: a new app asks for it
 * or a later one, so that packages of two releases could meet.
 */
function resolveAsHere({ app, packed }) {
  const ours = readManifest(CHECKOUT);
  const manifest = readManifest(app);
  manifest.resolutions = {
    ...manifest.resolutions,
    ...lockedHere(),
    ...releasedWith(app),
    ...ours.resolutions,
    ...Object.fromEntries(
      packed.map(one => [one.manifest.name, `file:${one.tarball}`]),
    ),
  };
  manifest.dependenciesMeta = ours.dependenciesMeta;
  writeFileSync(
    join(app, 'package.json'),
    `${JSON.stringify(manifest, undefined, 2)}\n`,
  );
}

/** The lowest versions that a new app asks for: those of its release. */
function releasedWith(app) {
  const manifests = ['.', 'packages/app', 'packages/backend'].map(folder =>
    readManifest(join(app, folder)),
  );
  return Object.fromEntries(
    manifests
      .flatMap(one =>
        Object.entries({ ...one.dependencies, ...one.devDependencies }),
      )
      .filter(([name]) => name.startsWith('@backstage/'))
      .map(([name, range]) => [name, range.replace(/^\^/, '')]),
  );
}

/** The versions that this checkout runs on, of all packages that it has one version of. */
function lockedHere() {
  const lock = readFileSync(join(CHECKOUT, 'yarn.lock'), 'utf8');
  const found = [
    ...lock.matchAll(/^"(@backstage\/[\w-]+)@npm:.*\n {2}version: (.+)$/gm),
  ].map(([, name, version]) => [name, version]);
  const times = name => found.filter(([other]) => other === name).length;
  return Object.fromEntries(found.filter(([name]) => times(name) === 1));
}

function readBackstageVersion(folder) {
  return JSON.parse(readFileSync(join(folder, 'backstage.json'), 'utf8'))
    .version;
}
