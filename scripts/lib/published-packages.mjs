import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';

/** The packages that are made for others to install, by name: all plugins that are not private. One that has no source yet is left out. */
export function publishedPackages() {
  return readdirSync(join(CHECKOUT, 'plugins'))
    .map(name => join(CHECKOUT, 'plugins', name))
    .filter(folder => existsSync(join(folder, 'src/index.ts')))
    .map(folder => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => !manifest.private);
}

export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
