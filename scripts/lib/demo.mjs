import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';
import { DemoParts } from './demo-parts.mjs';
import { recoverDemoPostgres, startDemoPostgres } from './demo-postgres.mjs';
import { assertPortsFree } from './ports.mjs';
import { step } from './say.mjs';
import { loadSecrets } from './secrets.mjs';
import { claimDataDir } from './single-start.mjs';
import { waitForOk } from './wait-for.mjs';

/** Somebody of the example catalog: when she can sign in, the people are loaded. */
const SOMEBODY = 'user:default/nadia.osei';

const LIB = join(CHECKOUT, 'scripts', 'lib');
const BACKEND = [
  '--enable-source-maps',
  '--require',
  join(CHECKOUT, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
  'src/index',
];
const FRONTEND = [
  join(CHECKOUT, 'node_modules/@backstage/cli/bin/backstage-cli'),
  'package',
  'start',
];

const EMULATORS = [
  { name: 'okta', title: 'Okta', ready: '/.well-known/okta-organization' },
  { name: 'aws', title: 'AWS', ready: '/' },
];

/**
 * The whole demonstration: PostgreSQL, the emulators, backend and frontend. When one cannot start or is told to stop meanwhile, none is left.
 *
 * @param signal - aborts the start
 * @param env - for the environment of all parts
 * @returns `url`: of the portal; `failed`: settles with the reason when a part ends by itself; `killBackend`: as when its machine loses
 * power; `startBackend`: brings it up again; `stop`: ends all parts
 */
export async function startDemo({ dataDir, ports, signal, env: more }) {
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const { release, leftBehind } = claimDataDir(dataDir);
  const parts = new DemoParts({ logs, signal });
  parts.atStop(release);
  let killBackend;

  const startBackend = async env => {
    const cwd = join(CHECKOUT, 'packages/backend');
    killBackend = parts.start({ name: 'backend', argv: BACKEND, cwd, env });
    await step(`Backend on 127.0.0.1:${ports.backend}`, () =>
      parts.whileAllRun(s => waitForBackend(ports.backend, s)),
    );
  };

  const start = async (env, secrets, url) => {
    parts.start({
      name: 'frontend',
      argv: FRONTEND,
      cwd: join(CHECKOUT, 'packages/app'),
      env,
    });
    for (const { name } of EMULATORS) {
      const argv = [join(LIB, 'emulators', `${name}.mjs`)];
      parts.start({ name, argv, cwd: CHECKOUT, env });
    }
    await step(
      `PostgreSQL with the orders database on 127.0.0.1:${ports.postgres}`,
      async () => {
        const postgres = await startDemoPostgres({
          folder: dataDir,
          logFile: parts.logOf('postgres'),
          port: ports.postgres,
          secrets,
        });
        parts.atStop(postgres.stop);
        parts.watch('postgres', postgres.exited);
      },
    );
    signal.throwIfAborted();
    for (const { name, title, ready } of EMULATORS) {
      await step(`${title} emulator on 127.0.0.1:${ports[name]}`, () =>
        parts.whileAllRun(s =>
          waitForOk(`http://127.0.0.1:${ports[name]}${ready}`, { signal: s }),
        ),
      );
    }
    await startBackend(env);
    await step(`Frontend on 127.0.0.1:${ports.app}`, () =>
      parts.whileAllRun(s => waitForOk(url, { signal: s })),
    );
  };

  try {
    await recoverDemoPostgres(dataDir);
    await assertPortsFree(ports, { patience: leftBehind ? 15_000 : 0 });
    const secrets = loadSecrets(dataDir);
    const env = { ...demoEnv({ dataDir, ports, secrets }), ...more };
    const url = `http://localhost:${ports.app}`;
    await start(env, secrets, url);
    return {
      url,
      failed: parts.failed,
      killBackend: () => killBackend(),
      startBackend: () => startBackend(env),
      stop: () => parts.stop(),
    };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function waitForBackend(port, signal) {
  const url = `http://localhost:${port}`;
  await waitForOk(`${url}/.backstage/health/v1/readiness`, { signal });
  await waitForOk(`${url}/api/auth/demo/refresh`, {
    signal,
    headers: { 'x-demo-user': SOMEBODY },
  });
}

function demoEnv({ dataDir, ports, secrets }) {
  return {
    NODE_ENV: 'development',
    BROWSER: 'none',
    JIT_CHECKOUT: CHECKOUT,
    JIT_DATA_DIR: dataDir,
    JIT_APP_PORT: `${ports.app}`,
    JIT_BACKEND_PORT: `${ports.backend}`,
    JIT_POSTGRES_PORT: `${ports.postgres}`,
    JIT_OKTA_PORT: `${ports.okta}`,
    JIT_AWS_PORT: `${ports.aws}`,
    JIT_OKTA_TOKEN: secrets.okta,
    JIT_EVENTS_KEY: secrets.events,
    JIT_ORDERS_PASSWORD: secrets.ordersAdmin,
  };
}
