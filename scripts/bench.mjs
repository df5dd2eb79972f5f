// `npm run bench [-- --quick | --size 0.01] [--only storm,steady]`: measures the engine on a PostgreSQL of its own, prints a table, and writes bench/results.json.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { freePort } from './lib/free-port.mjs';
import { main } from './lib/main.mjs';
import {
  initCluster,
  startCluster,
  temporaryFolder,
} from './lib/postgres-cluster.mjs';
import { runTypescript } from './lib/run-typescript.mjs';

await main(async signal => {
  await ensureNode();
  await ensureInstall({ signal });
  const folder = temporaryFolder({ durable: true });
  const dataDir = join(folder, 'data');
  const password = randomBytes(18).toString('hex');
  await initCluster({ dataDir, password });
  const port = await freePort();
  // As PostgreSQL comes: what it says is written is on the disk.
  const postgres = await startCluster({ dataDir, port, discard: folder });
  try {
    return await runTypescript(
      'plugins/jit-backend/src/bench/__testUtils__/cli.ts',
      {
        signal,
        env: {
          NODE_ENV: 'production',
          JIT_BENCH_POSTGRES: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
        },
      },
    );
  } finally {
    await postgres.stop();
  }
});
