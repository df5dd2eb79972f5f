import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadSecrets, PortalClient } from './scripts.mjs';

const {
  JIT_E2E_BACKEND_URL: backendUrl,
  JIT_E2E_DATA_DIR: dataDir,
  JIT_E2E_POSTGRES_PORT: port,
} = process.env;

const NADIA = 'user:default/nadia.osei';

/**
 * Starts a template on its page, as somebody does who has filled in its form, and waits until it has run.
 *
 * @returns the hrefs of the links that it ends with
 */
export async function runTemplate(page, { name, values, shot }) {
  const formData = encodeURIComponent(JSON.stringify(values));
  await page.goto(`/create/templates/default/${name}?formData=${formData}`);
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByText(values.branch).first().waitFor();
  await page.getByRole('button', { name: 'Create' }).click();
  const links = page.locator('a[href*="just-in-time?lease="]');
  await links.first().waitFor();
  await page
    .getByText('Provisional until this task completes')
    .first()
    .waitFor();
  await shot(`${name}-task`);
  return await links.evaluateAll(all => all.map(({ href }) => href));
}

/** What is outside, and in the catalog, of the lease that a link leads to. */
export async function environmentOf(link) {
  return await lookAt(new URL(link).searchParams.get('lease'));
}

/** The same of the lease that has taken over the last copy of another. */
export async function restoredFrom({ id }) {
  const client = await PortalClient.signIn({ backendUrl, user: NADIA });
  for (;;) {
    const { items } = await client.ask('GET', '/leases?subject=me');
    const restored = items.find(({ restores }) => restores === id);
    if (restored) {
      return await lookAt(restored.id);
    }
    await sleep(100);
  }
}

async function lookAt(id) {
  const client = await PortalClient.signIn({ backendUrl, user: NADIA });
  const look = async () => (await client.ask('GET', `/leases/${id}`)).lease;
  return {
    id,
    look,
    entityPage: `/catalog/default/resource/environment-${id}`,
    until: (wanted, options) => client.until(id, wanted, options),
    /** How long after the lease was granted its entity was there, by the clock of this machine. */
    seenInCatalog: async () => {
      const { grantedAt } = await look();
      await untilEntity(id, status => status === 200);
      return Date.now() - Date.parse(grantedAt);
    },
    /** How long after the lease had ended its entity was gone. */
    goneFromCatalog: async () => {
      const { verifiedAt } = await client.until(id, isOver);
      await untilEntity(id, status => status === 404);
      return Date.now() - Date.parse(verifiedAt);
    },
    isOnServer: async () => await hasDatabase((await look()).facts.database),
  };
}

function isOver({ state }) {
  return state === 'revoked';
}

async function untilEntity(id, wanted) {
  const token = await tokenOf(NADIA);
  const url = `${backendUrl}/api/catalog/entities/by-name/resource/default/environment-${id}`;
  for (;;) {
    const { status } = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (wanted(status)) {
      return;
    }
    await sleep(100);
  }
}

async function tokenOf(user) {
  const response = await fetch(`${backendUrl}/api/auth/demo/refresh`, {
    headers: { 'x-demo-user': user },
  });
  return (await response.json()).backstageIdentity.token;
}

async function hasDatabase(name) {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(port),
    user: 'postgres',
    database: 'postgres',
    password: loadSecrets(dataDir).postgresSuperuser,
  });
  await client.connect();
  try {
    const { rows } = await client.query(
      'SELECT 1 FROM pg_database WHERE datname = $1',
      [name],
    );
    return rows.length > 0;
  } finally {
    await client.end();
  }
}
