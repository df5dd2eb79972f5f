import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  ACCESS_TAB,
  connectAsShown,
  countOrders,
  giveBack,
  READ_ONLY,
} from './ordersDatabase.mjs';
import { openPortal, signInAs } from './portal.mjs';

const REASON = 'Look into order 9';

/** The main job as a developer does it: asks in the catalog, works, is done. */
describe('Access to the orders database', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
    await portal.page.goto(ACCESS_TAB);
  });

  after(() => portal?.close());

  it('is asked for with a reason, used with real credentials, and given back', async () => {
    const { page, shot } = portal;
    await page
      .getByRole('button', { name: `More choices for ${READ_ONLY}` })
      .click();
    const dialog = page.getByRole('dialog', { name: /^Ask for access to/ });
    // Half an hour is chosen, the cursor stands in the reason, and Enter asks.
    await dialog
      .getByRole('button', { name: '30 min', pressed: true })
      .waitFor();
    await page.keyboard.type(REASON);
    await dialog.getByText('You get this at once.').waitFor();
    await shot('access-dialog');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });

    await page.getByText(/^(30|29) min left/).waitFor();
    const session = await connectAsShown(page);
    await shot('access-credentials');
    assert.ok((await countOrders(session)) > 0);

    await giveBack(page);
    await session.ended;
    await shot('access-gone');
  });

  it('is had at one click too', async () => {
    const { page } = portal;
    await page
      .getByRole('button', { name: `${READ_ONLY} for 30 min, at once` })
      .click();
    const session = await connectAsShown(page);
    await giveBack(page);
    await session.ended;
  });

  it('stands in the history of the Just-in-time page, with its reason', async () => {
    const { page, shot } = portal;
    await page.goto('/just-in-time');
    const past = page.getByRole('region', { name: 'Past' });
    await past
      .getByText(/Gone, verified/)
      .nth(1)
      .waitFor();
    await shot('just-in-time');
    await past
      .getByRole('button', { name: `History of ${READ_ONLY}` })
      .nth(1)
      .click();
    const drawer = page.getByRole('dialog', { name: READ_ONLY });
    await drawer.getByText(REASON).first().waitFor();
    await drawer.getByText('Credentials were made').waitFor();
    await shot('just-in-time-history');
  });
});
