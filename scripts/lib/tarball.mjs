import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Unpacks what `yarn pack` made, so that `folder` is the package as somebody who installs it has it. */
export function unpack(tarball, folder) {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', [
    '-xzf',
    tarball,
    '-C',
    folder,
    '--strip-components=1',
    '--no-same-owner',
  ]);
}

/** The paths of all files of a folder, from it, with slashes. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      relative(folder, join(entry.parentPath, entry.name)).replaceAll(
        '\\',
        '/',
      ),
    )
    .sort();
}

/** The modules that a built file or a declaration asks for, by their names, without those beside it. */
export function modulesAskedFor(file) {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)(['"])([@\w./:-]+)\1/g,
  );
  return [...new Set([...found].map(([, , name]) => name))].filter(
    name => !name.startsWith('.'),
  );
}
