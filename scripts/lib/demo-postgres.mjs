import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureOrdersDatabase } from './orders-database.mjs';
import {
  initCluster,
  recoverCluster,
  startCluster,
} from './postgres-cluster.mjs';

/** Starts the demonstration's PostgreSQL, and makes it first when there is none. */
export async function startDemoPostgres({ folder, logFile, port, secrets }) {
  const dataDir = join(folder, 'postgres');
  if (!existsSync(dataDir)) {
    const unfinished = `${dataDir}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    await initCluster({
      dataDir: unfinished,
      password: secrets.postgresSuperuser,
    });
    renameSync(unfinished, dataDir);
  }
  const cluster = await startCluster({ dataDir, port, logFile });
  try {
    await ensureOrdersDatabase({
      port,
      superuser: secrets.postgresSuperuser,
      admin: secrets.ordersAdmin,
    });
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/** Ends what an earlier start that was killed has left behind. */
export function recoverDemoPostgres(folder) {
  return recoverCluster(join(folder, 'postgres'));
}
