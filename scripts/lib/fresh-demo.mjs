import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from './demo.mjs';
import { freePort } from './free-port.mjs';

const PARTS = ['app', 'backend', 'postgres', 'okta', 'aws'];

/** Runs `work` on a demonstration of its own, as `startDemo` gives it: on free ports, with fresh data that is removed afterwards. */
export async function withFreshDemo({ signal }, work) {
  const dataDir = mkdtempSync(join(tmpdir(), 'jit-demo-'));
  try {
    const ports = {};
    for (const part of PARTS) {
      ports[part] = await freePort();
    }
    const demo = await startDemo({ dataDir, ports, signal });
    try {
      return await work({ ...demo, ports, dataDir });
    } finally {
      await demo.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
