import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { CHECKOUT } from '../checkout.mjs';
import { startDemoPostgres } from '../demo-postgres.mjs';
import { freePort } from '../free-port.mjs';
import { say, step } from '../say.mjs';
import { loadSecrets } from '../secrets.mjs';
import { addPlugins } from './add-plugins.mjs';
import { appShell } from './app-shell.mjs';
import { mainJobInBrowser } from './main-job-in-browser.mjs';
import { makeApp } from './make-app.mjs';
import { readReadmeSteps } from './readme-steps.mjs';
import { startApp } from './start-app.mjs';

/** What a new app has in its catalog. */
const ENTITY = '/catalog/default/component/example-website';

/** What the README calls by example names, and what it is called in a new app. */
const namesHere = port => [
  ['host: db.internal', `host: 127.0.0.1\n      port: ${port}`],
  ['resource:default/orders-db', 'component:default/example-website'],
  ['group:default/orders-team', 'group:default/guests'],
  ['group:default/platform', 'group:default/guests'],
];

/**
 * From nothing to a lease that was had and given back, in a new app with the packed packages.
 *
 * @param folder - for the app and all that it needs
 */
export async function tryNewApp({ folder, legacy, packed, signal }) {
  const app = join(folder, legacy ? 'legacy-app' : 'app');
  const data = join(folder, 'data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const shots = join(CHECKOUT, 'artifacts');
  const shell = appShell({ folder: data, signal });
  const readme = readReadmeSteps();
  await makeApp({ app, legacy, shell, packed });

  const secrets = loadSecrets(data);
  const ports = {
    app: await freePort(),
    backend: await freePort(),
    postgres: await freePort(),
  };
  const here = namesHere(ports.postgres);
  await addPlugins({ app, legacy, step: readme.step, here, packed, shell });
  const cluster = await step('PostgreSQL with the orders database', () =>
    startDemoPostgres({ folder: data, port: ports.postgres, secrets }),
  );
  try {
    await runReadmeSql({ sql: readme.sql, port: ports.postgres, secrets });
    const running = await startApp({
      app,
      folder: data,
      ports,
      secrets: {
        JIT_EVENTS_KEY: secrets.events,
        JIT_ORDERS_PASSWORD: secrets.ordersAdmin,
      },
      env: shell.env,
      signal,
    });
    try {
      await step('The main job in a browser', () =>
        mainJobInBrowser({ url: running.url, entity: ENTITY, shots }),
      );
      say(`\nIt works. Screenshots: ${join(shots, 'new-app-*.png')}`);
    } finally {
      await running.end();
    }
  } finally {
    await cluster.stop();
  }
}

async function runReadmeSql({ sql, port, secrets }) {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: secrets.postgresSuperuser,
    database: 'orders',
  });
  await client.connect();
  try {
    await step('README: the database gets an admin', () =>
      client.query(sql.replace('change me', secrets.ordersAdmin)),
    );
  } finally {
    await client.end();
  }
}
