import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { readManifest } from './published-packages.mjs';
import { filesOf, modulesAskedFor } from './tarball.mjs';

const ALWAYS = ['README.md', 'CHANGELOG.md'];
const NOT_FOR_OTHERS = /__testUtils__|__fixtures__|\.test\.|setupTests/;

/**
 * What is wrong with an unpacked package, in words; empty when it keeps what its package.json says.
 *
 * @param folder - the package as it is installed
 * @param source - its folder in this checkout
 */
export function problemsOf({ folder, source }) {
  const manifest = readManifest(folder);
  const files = filesOf(folder);
  return [
    ...missing({ manifest, files, source }),
    ...files
      .filter(file => NOT_FOR_OTHERS.test(file))
      .map(file => `${file} is of its tests`),
    ...rangesOfTheCheckout(manifest),
    ...undeclared({ manifest, files, folder }),
  ];
}

function missing({ manifest, files, source }) {
  const migrations = filesOf(source).filter(file =>
    file.startsWith('migrations/'),
  );
  const schema = manifest.configSchema ? [manifest.configSchema] : [];
  const wanted = [
    ...ALWAYS,
    ...migrations,
    ...schema,
    ...pathsIn(manifest.exports),
    ...pathsIn(manifest.typesVersions),
    ...['main', 'module', 'types'].flatMap(key => pathsIn(manifest[key])),
  ];
  return [...new Set(wanted.map(path => posix.normalize(path)))]
    .filter(path => !files.includes(path))
    .map(path => `${path} is missing`);
}

/** All paths that a part of a package.json names, however deep. */
function pathsIn(part) {
  if (typeof part === 'string') {
    // What a condition such as "backstage" says is no path.
    return part.startsWith('@') ? [] : [part];
  }
  return Object.values(part ?? {}).flatMap(pathsIn);
}

function rangesOfTheCheckout(manifest) {
  return ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap(
    kind =>
      Object.entries(manifest[kind] ?? {})
        .filter(([, range]) => /^(workspace|link|file|portal):/.test(range))
        .map(([name, range]) => `${kind}: ${name} is ${range}`),
  );
}

function undeclared({ manifest, files, folder }) {
  const declared = new Set([
    manifest.name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ]);
  return files
    .filter(file => /^dist\/.*\.(js|d\.ts)$/.test(file))
    .flatMap(file =>
      modulesAskedFor(join(folder, file))
        .filter(name => !isBuiltin(name))
        .filter(name => !isDeclared(packageOf(name), declared))
        .map(name => `${file} asks for ${name}, which it does not depend on`),
    );
}

function isDeclared(name, declared) {
  return declared.has(name) || declared.has(typesOf(name));
}

function packageOf(name) {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

function typesOf(name) {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}
