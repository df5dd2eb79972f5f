import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { openPortal, signInAs } from './portal.mjs';

/** The main job as a developer does it: asks in the catalog, works, is done. */
describe('Access to the orders database', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
    await portal.page.goto('/catalog/default/resource/orders-db/access');
  });

  after(() => portal?.close());

  it('is had at a click, used with real credentials, and given back', async () => {
    const { page, shot } = portal;
    await page
      .getByRole('button', { name: /Orders database, read only for 30/ })
      .click();
    await page
      .getByRole('button', { name: /Credentials of/ })
      .first()
      .click();
    await page.getByRole('tab', { name: /URL/ }).click();
    const shown = await page
      .getByText(/postgresql:\/\//)
      .first()
      .innerText();
    await shot('access-credentials');

    const session = new pg.Client({
      connectionString: /postgresql\S+/.exec(shown)[0],
    });
    // Its end is what we wait for.
    session.on('error', () => {});
    await session.connect();
    const ended = new Promise(resolve => {
      session.once('end', resolve);
    });
    const { rows } = await session.query('select count(*)::int n from orders');
    assert.ok(rows[0].n > 0);

    await page
      .getByRole('button', { name: /I.m done with/ })
      .first()
      .click();
    await ended;
    await page
      .getByText(/Gone, verified/)
      .first()
      .waitFor();
    await shot('access-gone');
  });

  it('stands in the history of the Just-in-time page', async () => {
    const { page, shot } = portal;
    await page.goto('/just-in-time');
    await page
      .getByText(/Gone, verified/)
      .first()
      .waitFor();
    await shot('just-in-time');
  });
});
