import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from './lib/free-port.mjs';
import {
  initCluster,
  startCluster,
  temporaryFolder,
} from './lib/postgres-cluster.mjs';

/** Another test run may take the free port first. */
const TRIES = 5;

/** One real PostgreSQL for a run of Jest, in a temporary folder. TestDatabases finds it by the environment variable. */
export default async function setup() {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  const password = randomBytes(18).toString('hex');
  let port;
  await initCluster({ dataDir, password });

  for (let tries = 1; !globalThis.jitTestPostgres; tries++) {
    port = await freePort();
    try {
      globalThis.jitTestPostgres = await startCluster({
        dataDir,
        port,
        discard: folder,
        settings: {
          // `npm run prove` with three lanes: 27 backends with ten sessions each.
          max_connections: 600,
          // Off by default; a lease must not hide in a prepared transaction where it is on.
          max_prepared_transactions: 20,
          // It is thrown away with all that is in it.
          fsync: 'off',
          full_page_writes: 'off',
        },
      });
    } catch (error) {
      if (tries === TRIES) {
        throw error;
      }
    }
  }

  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  process.env.BACKSTAGE_TEST_DISABLE_DOCKER = '1';
}
