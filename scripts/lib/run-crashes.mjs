import { rmSync } from 'node:fs';
import setup from '../jest-postgres-setup.mjs';
import teardown from '../jest-postgres-teardown.mjs';
import { crashBundle } from './crash-bundle.mjs';
import { ensureInstall } from './ensure-install.mjs';
import { ensureNode } from './ensure-node.mjs';
import { runTypescript } from './run-typescript.mjs';

/**
 * Runs a program of the crash harness, with a PostgreSQL for it and a bundle of the process that it kills.
 *
 * @param program - a file of the harness
 * @returns its exit code
 */
export async function runCrashes(program, { signal }) {
  await ensureNode();
  await ensureInstall({ signal });
  const { folder, env } = await crashBundle();
  await setup();
  const run = file =>
    runTypescript(`plugins/jit-backend/src/crash/__testUtils__/${file}`, {
      signal,
      env,
    });
  try {
    return (await run('compileOnce.ts')) || (await run(program));
  } finally {
    await teardown();
    rmSync(folder, { recursive: true, force: true });
  }
}
