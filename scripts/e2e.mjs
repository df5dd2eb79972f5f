// `npm run test:e2e [-- part-of-a-file-name …]`: the whole demonstration on free ports and fresh data, driven by a real headless Chromium.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCatalogGate } from './lib/catalog-gate.mjs';
import { CHECKOUT } from './lib/checkout.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { startControl } from './lib/e2e-control.mjs';
import { main } from './lib/main.mjs';
import { runNode } from './lib/run.mjs';
import { say } from './lib/say.mjs';

const TESTS = join(CHECKOUT, 'packages/app/e2e-tests');
const ARTIFACTS = join(CHECKOUT, 'artifacts');

/** Of one test, which may watch a lease run out. */
const PATIENCE_MS = 600_000;

function chosenTests() {
  const parts = process.argv.slice(2);
  return readdirSync(TESTS).filter(
    name =>
      name.endsWith('.test.mjs') &&
      (!parts.length || parts.some(part => name.includes(part))),
  );
}

async function runTests({ url, control, ports, dataDir, chromium, signal }) {
  mkdirSync(ARTIFACTS, { recursive: true });
  return runNode(
    [
      '--test',
      '--test-concurrency=1',
      '--test-reporter=spec',
      `--test-timeout=${PATIENCE_MS}`,
      // A test that failed may leave more open than its sessions.
      '--test-force-exit',
      ...chosenTests().map(name => join(TESTS, name)),
    ],
    {
      signal,
      env: {
        JIT_E2E_URL: url,
        JIT_E2E_CONTROL_URL: control.url,
        JIT_E2E_BACKEND_URL: `http://localhost:${ports.backend}`,
        JIT_E2E_POSTGRES_PORT: `${ports.postgres}`,
        JIT_E2E_OKTA_URL: `http://127.0.0.1:${ports.okta}`,
        JIT_E2E_AWS_URL: `http://127.0.0.1:${ports.aws}`,
        JIT_E2E_DATA_DIR: dataDir,
        JIT_E2E_CHROMIUM: chromium,
        JIT_E2E_ARTIFACTS: ARTIFACTS,
      },
    },
  );
}

await main(async signal => {
  await ensureNode();
  const chromium = findChromium();
  await ensureInstall({ signal });
  const { withFreshDemo } = await import('./lib/fresh-demo.mjs');

  return await withFreshDemo(
    { signal, beside: startCatalogGate },
    async demo => {
      const control = await startControl({ demo, catalogGate: demo.other });
      try {
        say('· Browser tests …');
        const code = await runTests({ ...demo, control, chromium, signal });
        say(code === 0 ? '\n✓ Browser tests' : '\n✗ Browser tests failed');
        return code;
      } finally {
        await control.stop();
      }
    },
  );
});
