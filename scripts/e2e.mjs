// `npm run test:e2e`: the whole demonstration on free ports and fresh data, driven by a real headless Chromium.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from './lib/checkout.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { freePort } from './lib/free-port.mjs';
import { main } from './lib/main.mjs';
import { runNode } from './lib/run.mjs';
import { say } from './lib/say.mjs';

const TESTS = join(CHECKOUT, 'packages/app/e2e-tests');
const ARTIFACTS = join(CHECKOUT, 'artifacts');

async function runTests({ url, ports, dataDir, chromium, signal }) {
  const files = readdirSync(TESTS).filter(name => name.endsWith('.test.mjs'));
  mkdirSync(ARTIFACTS, { recursive: true });
  return runNode(
    [
      '--test',
      '--test-concurrency=1',
      '--test-reporter=spec',
      ...files.map(name => join(TESTS, name)),
    ],
    {
      signal,
      env: {
        JIT_E2E_URL: url,
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
  const { startDemo } = await import('./lib/demo.mjs');

  const dataDir = mkdtempSync(join(tmpdir(), 'jit-e2e-'));
  try {
    const ports = {
      app: await freePort(),
      backend: await freePort(),
      postgres: await freePort(),
      okta: await freePort(),
      aws: await freePort(),
    };
    const demo = await startDemo({ dataDir, ports, signal });
    try {
      say('· Browser tests …');
      const code = await runTests({
        url: demo.url,
        ports,
        dataDir,
        chromium,
        signal,
      });
      say(code === 0 ? '\n✓ Browser tests' : '\n✗ Browser tests failed');
      return code;
    } finally {
      await demo.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
