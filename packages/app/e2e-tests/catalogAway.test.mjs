import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { order } from './order.mjs';
import { connectAsShown, refundOne } from './ordersDatabase.mjs';
import { openPortal, signInAs } from './portal.mjs';
import { PortalClient } from './scripts.mjs';

const READ_AND_WRITE = 'Orders database, read and write';
const REASON = 'OPS-11 orders are stuck, and so is the catalog';

/** Signed in before, since nobody can be while the catalog is away. */
async function clientOf(user) {
  const backendUrl = process.env.JIT_E2E_BACKEND_URL;
  return await PortalClient.signIn({ backendUrl, user });
}

describe('A catalog that does not answer', () => {
  let portal;
  let nadia;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Ravi Lindqvist');
    nadia = await clientOf('user:default/nadia.osei');
    await order('take-catalog-away');
  });

  after(async () => {
    await order('give-catalog-back');
    await portal?.close();
  });

  it('closes everything to everybody else', async () => {
    const { status, body } = await nadia.call('POST', '/requests', {
      leases: [
        {
          profileId: 'orders-db-read',
          entityRef: 'resource:default/orders-db',
        },
      ],
    });
    assert.equal(status, 503);
    assert.match(body.error.message, /catalog cannot be asked/);
    assert.equal((await nadia.call('GET', '/profiles')).status, 503);
  });

  it('lets the on-call engineer break the glass from the page, and the history says by which copy', async () => {
    const { page, shot } = portal;
    // The browser does not get through to it either.
    await page.route('**/api/catalog/**', route =>
      route.fulfill({ status: 503, body: '' }),
    );
    // Within the page: who loads it anew has to sign in, which takes the catalog.
    await page.getByRole('link', { name: /^Just-in-time/ }).click();
    const emergency = page.getByRole('region', { name: 'In an emergency' });
    await emergency.getByText(/^The catalog does not answer/).waitFor();
    await shot('catalog-away');
    await emergency
      .getByRole('button', { name: `Break the glass for ${READ_AND_WRITE}` })
      .click();
    const dialog = page.getByRole('dialog', { name: /^Break the glass/ });
    await dialog.getByText(/the history says so/).waitFor();
    await dialog.getByLabel(/^What is the emergency/).fill(REASON);
    await dialog.getByText('You get this at once.').waitFor();
    await dialog.getByRole('checkbox').check();
    await shot('catalog-away-dialog');
    await dialog.getByRole('button', { name: 'Break the glass' }).click();
    await dialog.waitFor({ state: 'detached' });

    const row = page
      .getByRole('list', { name: 'Live' })
      .getByRole('listitem')
      .filter({ hasText: READ_AND_WRITE });
    await row.getByText(/\d min left/).waitFor();
    const session = await connectAsShown(page, { title: READ_AND_WRITE });
    assert.equal(await refundOne(session), 1);
    await row
      .getByRole('button', { name: `History of ${READ_AND_WRITE}` })
      .click();
    await page
      .getByText(
        /^break-glass as member of group:default\/orders-oncall, by the catalog of .* UTC, which is away$/,
      )
      .waitFor();
    await shot('catalog-away-history');
    await page.getByRole('button', { name: 'Close' }).click();
    await row.getByRole('button', { name: /^I.m done with/ }).click();
    await session.ended;
  });

  it('is asked again as soon as it is back, and tells who has to review', async () => {
    await order('give-catalog-back');
    const { page, shot } = portal;
    await page.unroute('**/api/catalog/**');
    await page
      .getByRole('region', { name: 'In an emergency' })
      .waitFor({ state: 'detached' });
    await shot('catalog-back');
    const ines = await clientOf('user:default/ines.calder');
    const { items } = await ines.ask('GET', '/leases?reviewDue=true');
    assert.deepEqual(
      items.map(({ reason }) => reason),
      [REASON],
    );
    await ines.ask('POST', `/leases/${items[0].id}/review`, {
      comment: 'One order was refunded, and that was right',
    });
  });
});
