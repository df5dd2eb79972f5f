// A second real PostgreSQL, in a process of its own: it is told by one line of JSON, and ends with its standard input.
/* eslint-disable @backstage/no-relative-monorepo-imports -- the scripts of the workspace are no package */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../../../../scripts/lib/free-port.mjs';
import {
  initCluster,
  startCluster,
  temporaryFolder,
} from '../../../../scripts/lib/postgres-cluster.mjs';

const folder = temporaryFolder();
const dataDir = join(folder, 'data');
const password = randomBytes(12).toString('hex');
await initCluster({ dataDir, password });
const port = await freePort();
const cluster = await startCluster({
  dataDir,
  port,
  discard: folder,
  settings: { fsync: 'off' },
});
console.log(JSON.stringify({ port, password }));
process.stdin.resume();
process.stdin.once('end', async () => {
  await cluster.stop();
  process.exit(0);
});
