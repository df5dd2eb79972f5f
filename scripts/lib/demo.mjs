import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';
import { recoverDemoPostgres, startDemoPostgres } from './demo-postgres.mjs';
import { assertPortsFree } from './ports.mjs';
import { lastLines, startNode } from './processes.mjs';
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
 * @returns `url`: of the portal; `failed`: settles with the reason when a part ends by itself; `stop`: ends all parts
 */
export async function startDemo({ dataDir, ports, signal }) {
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const { release, leftBehind } = claimDataDir(dataDir);
  const undo = [release];
  const stop = async () => {
    for (const one of undo.splice(0).reverse()) {
      await one();
    }
  };
  const parts = [];
  const watch = (name, exited, logFile) =>
    parts.push(
      exited.then(code => {
        return new Error(
          `The ${name} has ended (exit code ${code}). The end of ${logFile}:\n${lastLines(
            logFile,
          )}`,
        );
      }),
    );
  const startPart = (name, argv, cwd, env) => {
    const logFile = join(logs, `${name}.log`);
    const { exited, end } = startNode({ argv, cwd, env, logFile });
    undo.push(end);
    watch(name, exited, logFile);
  };

  const start = async () => {
    await recoverDemoPostgres(dataDir);
    await assertPortsFree(ports, { patience: leftBehind ? 15_000 : 0 });
    const secrets = loadSecrets(dataDir);
    const env = demoEnv({ dataDir, ports, secrets });
    const url = `http://localhost:${ports.app}`;
    const backendUrl = `http://localhost:${ports.backend}`;

    startPart('frontend', FRONTEND, join(CHECKOUT, 'packages/app'), env);
    for (const { name } of EMULATORS) {
      startPart(name, [join(LIB, 'emulators', `${name}.mjs`)], CHECKOUT, env);
    }
    await step(
      `PostgreSQL with the orders database on 127.0.0.1:${ports.postgres}`,
      async () => {
        const logFile = join(logs, 'postgres.log');
        const postgres = await startDemoPostgres({
          folder: dataDir,
          logFile,
          port: ports.postgres,
          secrets,
        });
        undo.push(postgres.stop);
        watch('PostgreSQL', postgres.exited, logFile);
      },
    );
    signal.throwIfAborted();
    startPart('backend', BACKEND, join(CHECKOUT, 'packages/backend'), env);
    const either = whileAllRun(parts, signal);
    for (const { name, title, ready } of EMULATORS) {
      await step(`${title} emulator on 127.0.0.1:${ports[name]}`, () =>
        either(s =>
          waitForOk(`http://127.0.0.1:${ports[name]}${ready}`, { signal: s }),
        ),
      );
    }
    await step(`Backend on 127.0.0.1:${ports.backend}`, () =>
      either(async s => {
        await waitForOk(`${backendUrl}/.backstage/health/v1/readiness`, {
          signal: s,
        });
        await waitForOk(`${backendUrl}/api/auth/demo/refresh`, {
          signal: s,
          headers: { 'x-demo-user': SOMEBODY },
        });
      }),
    );
    await step(`Frontend on 127.0.0.1:${ports.app}`, () =>
      either(s => waitForOk(url, { signal: s })),
    );
    return url;
  };

  try {
    const url = await start();
    return { url, failed: Promise.race(parts), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs a wait until it is over, a part has ended, or the start is given up. */
function whileAllRun(parts, signal) {
  const died = new AbortController();
  Promise.race(parts).then(reason => died.abort(reason));
  const both = AbortSignal.any([signal, died.signal]);
  return wait => wait(both);
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
