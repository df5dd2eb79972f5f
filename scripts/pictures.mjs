// `npm run pictures`: takes the pictures of README.md anew, from the demonstration on fresh data, light and dark.
import { join } from 'node:path';
import { CHECKOUT } from './lib/checkout.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { main } from './lib/main.mjs';

await main(async signal => {
  await ensureNode();
  const chromium = findChromium();
  await ensureInstall({ signal });
  // What they import has to be installed first.
  const { withFreshDemo } = await import('./lib/fresh-demo.mjs');
  const { takePictures } = await import('./lib/take-pictures.mjs');
  const folder = join(CHECKOUT, 'docs', 'images');
  await withFreshDemo({ signal }, ({ url }) =>
    takePictures({ url, chromium, folder }),
  );
  return 0;
});
