// `npm run pack`: the tarballs of all published packages, in artifacts/packages, each looked at and loaded.
import { join } from 'node:path';
import { CHECKOUT } from './lib/checkout.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { main } from './lib/main.mjs';
import { packPackages } from './lib/pack-packages.mjs';
import { say, step } from './lib/say.mjs';

const FOLDER = join(CHECKOUT, 'artifacts', 'packages');

await main(async signal => {
  await ensureNode();
  await ensureInstall({ signal });
  // What it imports has to be installed first.
  const { checkPackages } = await import('./lib/check-packages.mjs');
  const packed = await packPackages({ folder: FOLDER, signal });
  const problems = await step('Looking at what was packed', () =>
    checkPackages({ packed, folder: FOLDER }),
  );
  for (const problem of problems) {
    say(`✗ ${problem}`);
  }
  say(`\n${packed.length} packages in ${FOLDER}, ${problems.length} problems`);
  return problems.length ? 1 : 0;
});
