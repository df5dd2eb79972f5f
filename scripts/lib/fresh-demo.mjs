import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from './demo.mjs';
import { freePort } from './free-port.mjs';

const PARTS = ['app', 'backend', 'postgres', 'okta', 'aws'];

/**
 * Runs `work` on a demonstration of its own, as `startDemo` gives it: on free ports, with fresh data that is removed afterwards.
 *
 * @param beside - starts, given the ports, what runs beside it: with what it adds to the environment of all parts (`env`), and `stop`
 */
export async function withFreshDemo({ signal, beside }, work) {
  const dataDir = mkdtempSync(join(tmpdir(), 'jit-demo-'));
  try {
    const ports = {};
    for (const part of [...PARTS, 'catalog']) {
      ports[part] = await freePort();
    }
    const other = await beside?.(ports);
    try {
      const { env } = other ?? {};
      const demo = await startDemo({ dataDir, ports, signal, env });
      try {
        return await work({ ...demo, ports, dataDir, other });
      } finally {
        await demo.stop();
      }
    } finally {
      await other?.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
