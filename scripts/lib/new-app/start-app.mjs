import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, startNode } from '../processes.mjs';
import { step } from '../say.mjs';
import { waitForOk } from '../wait-for.mjs';
import { yarnPath } from '../yarn.mjs';

const START_WITHIN_MS = 15 * 60_000;

/**
 * Starts an app as its developer does, on ports of its own.
 *
 * @param secrets - the environment variables that the README's config asks for
 * @returns `url`: of the app; `end`: ends it
 */
export async function startApp({ app, folder, ports, secrets, env, signal }) {
  const urls = {
    app: `http://localhost:${ports.app}`,
    backend: `http://localhost:${ports.backend}`,
  };
  const ledger = join(folder, 'ledger');
  mkdirSync(ledger, { recursive: true });
  writeFileSync(
    join(app, 'app-config.local.yaml'),
    JSON.stringify(localConfig({ ports, urls, ledger })),
  );
  const logFile = join(folder, 'app.log');
  const { exited, end } = startNode({
    argv: [yarnPath(), 'start'],
    cwd: app,
    env: { ...env, ...secrets, NODE_ENV: 'development', BROWSER: 'none' },
    logFile,
  });
  const until = AbortSignal.any([
    signal,
    AbortSignal.timeout(START_WITHIN_MS),
    abortedBy(exited),
  ]);
  try {
    await step(`Starting the app on ${urls.app}`, async () => {
      await waitForOk(`${urls.backend}/.backstage/health/v1/readiness`, {
        signal: until,
      });
      await waitForOk(urls.app, { signal: until });
    });
  } catch {
    await end();
    signal.throwIfAborted();
    throw new Error(
      `The app did not start. The end of ${logFile}:\n${lastLines(logFile)}`,
    );
  }
  return { url: urls.app, end };
}

/** Besides the addresses, what the README says that a new app has otherwise. */
function localConfig({ ports, urls, ledger }) {
  const host = '127.0.0.1';
  return {
    app: { baseUrl: urls.app, listen: { host, port: ports.app } },
    backend: {
      baseUrl: urls.backend,
      listen: { host, port: ports.backend },
      cors: { origin: urls.app },
      database: {
        client: 'better-sqlite3',
        connection: { directory: ledger },
      },
    },
    auth: {
      providers: { guest: { userEntityRef: 'user:default/guest' } },
    },
  };
}

function abortedBy(promise) {
  const controller = new AbortController();
  promise.then(() => controller.abort());
  return controller.signal;
}
