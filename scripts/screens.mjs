// `npm run screens [-- --few] [part-of-a-name …]`: a picture of every screen of the portal's plugin on made-up leases, light and dark, wide and
// narrow, into artifacts/screens; and axe on each. `--few` takes half of them.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './lib/checkout.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { freePort } from './lib/free-port.mjs';
import { main } from './lib/main.mjs';
import { say, step } from './lib/say.mjs';
import { waitForOk } from './lib/wait-for.mjs';

const FOLDER = join(CHECKOUT, 'artifacts', 'screens');
/** A first load in development compiles on the way. */
const PATIENCE_MS = 120_000;

const parts = process.argv.slice(2).filter(each => each !== '--few');
const few = process.argv.includes('--few');

/** The development harness of the plugin, at an address of its own. */
async function startHarness({ DemoParts, signal }) {
  const harness = new DemoParts({ logs: FOLDER, signal });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  harness.start({
    name: 'harness',
    argv: [
      join(CHECKOUT, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'start',
    ],
    cwd: join(CHECKOUT, 'plugins/jit'),
    env: { NODE_ENV: 'development', BROWSER: 'none', JIT_APP_PORT: `${port}` },
  });
  try {
    await step('Harness', () =>
      harness.whileAllRun(s => waitForOk(url, { signal: s })),
    );
  } catch (error) {
    await harness.stop();
    throw error;
  }
  return { url, stop: () => harness.stop() };
}

await main(async signal => {
  await ensureNode();
  const chromium = findChromium();
  await ensureInstall({ signal });
  const { DemoParts } = await import('./lib/demo-parts.mjs');
  const { launchBrowser } = await import('./lib/browser.mjs');
  const { SCENES } = await import('./lib/screens/scenes.mjs');
  const { EVERY_LOOK, FEW_LOOKS, lookAtScene } = await import(
    './lib/screens/lookAtScene.mjs'
  );

  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const harness = await startHarness({ DemoParts, signal });
  const browser = await launchBrowser(chromium);
  const problems = [];
  try {
    const context = await browser.newContext();
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    for (const scene of SCENES) {
      signal.throwIfAborted();
      const name = `${scene.scenario}-${scene.name}`;
      if (!parts.length || parts.some(part => name.includes(part))) {
        const options = {
          page,
          url: harness.url,
          scene,
          looks: few ? FEW_LOOKS : EVERY_LOOK,
          folder: FOLDER,
        };
        problems.push(
          ...(await step(name, () => lookAtScene(options), { talks: true })),
        );
      }
    }
  } finally {
    await browser.close();
    await harness.stop();
  }
  problems.forEach(say);
  say(problems.length ? `✗ ${problems.length} problems` : '✓ Screens');
  return problems.length ? 1 : 0;
});
