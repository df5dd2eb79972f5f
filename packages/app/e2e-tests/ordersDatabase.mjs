import { after } from 'node:test';
import pg from 'pg';

export const READ_ONLY = 'Orders database, read only';

export const ACCESS_TAB = '/catalog/default/resource/orders-db/access';

/** The sessions that have not ended: those of tests that failed, once all have run. */
const open = new Set();

after(() => Promise.all([...open].map(client => client.end())));

/**
 * Connects with the credentials that the page shows, as their holder would.
 *
 * @param options.title of the lease; the first one that has credentials when not given
 * @returns `client`; `ended`: settles when the server ends the session
 */
export async function connectAsShown(page, { title = '' } = {}) {
  await page
    .getByRole('button', { name: `Credentials of ${title}` })
    .first()
    .click();
  await page.getByRole('tab', { name: /URL/ }).click();
  const shown = await page
    .getByText(/postgresql:\/\//)
    .first()
    .innerText();
  const client = new pg.Client({
    connectionString: /postgresql\S+/.exec(shown)[0],
  });
  // Its end is what is waited for.
  client.on('error', () => {});
  await client.connect();
  open.add(client);
  const ended = new Promise(resolve => {
    client.once('end', () => {
      open.delete(client);
      resolve();
    });
  });
  return { client, ended };
}

/** How many orders the holder of the session sees. */
export async function countOrders({ client }) {
  const { rows } = await client.query('select count(*)::int n from orders');
  return rows[0].n;
}

/** How many of them are refunded. */
export async function countRefunded({ client }) {
  const { rows } = await client.query(
    "SELECT count(*)::int n FROM orders WHERE status = 'refunded'",
  );
  return rows[0].n;
}

/** Writes, as the holder of the session. @returns how many rows */
export async function refundOne({ client }) {
  const { rowCount } = await client.query(
    "UPDATE orders SET status = 'refunded' WHERE id = (SELECT min(id) FROM orders WHERE status <> 'refunded')",
  );
  return rowCount;
}

/**
 * The row of the lease that lives.
 *
 * @returns `seeGone`: waits until this very row says that the lease is gone, wherever it has moved to
 */
export async function liveRow(page) {
  const row = page
    .getByRole('list', { name: 'Your leases' })
    .getByRole('listitem')
    .filter({ hasText: /\d (s|min) left/ });
  const element = await row.elementHandle();
  return {
    click: name => row.getByRole('button', { name }).click(),
    seeGone: () =>
      page.waitForFunction(
        each => each.innerText.includes('Gone, verified'),
        element,
      ),
  };
}

/** Ends the lease by its button, and waits until the page says that it is gone. */
export async function giveBack(page) {
  const row = await liveRow(page);
  await row.click(/^I.m done with/);
  await row.seeGone();
}
