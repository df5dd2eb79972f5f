// `npm run try:new-app`: makes a new Backstage app, adds the packed plugins to it by the README's steps alone, and goes through the main job
// there in a browser. `--legacy` takes an app of the legacy frontend system; `--folder <path>` keeps the app there, for a quicker next time.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKOUT } from './lib/checkout.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { main } from './lib/main.mjs';
import { packPackages } from './lib/pack-packages.mjs';

const { values: options } = parseArgs({
  options: { legacy: { type: 'boolean' }, folder: { type: 'string' } },
});

await main(async signal => {
  await ensureNode();
  findChromium();
  await ensureInstall({ signal });
  // What it imports has to be installed first.
  const { tryNewApp } = await import('./lib/new-app/try-new-app.mjs');
  const packed = await packPackages({
    folder: join(CHECKOUT, 'artifacts', 'packages'),
    signal,
  });
  const folder = options.folder
    ? resolve(options.folder)
    : mkdtempSync(join(tmpdir(), 'jit-new-app-'));
  mkdirSync(folder, { recursive: true });
  try {
    await tryNewApp({ folder, legacy: options.legacy, packed, signal });
    return 0;
  } finally {
    if (!options.folder) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
});
