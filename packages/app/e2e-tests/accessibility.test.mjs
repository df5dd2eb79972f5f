import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCESS_TAB, connectAsShown, giveBack } from './ordersDatabase.mjs';
import { openPortal, signInAs } from './portal.mjs';
import { findComplaints } from './scripts.mjs';

for (const theme of ['light', 'dark']) {
  /** With a real backend behind it; the screens of made-up leases are looked at by `npm run screens`. */
  describe(`Every screen of ours, ${theme}`, () => {
    let portal;
    const look = async name => {
      await portal.shot(`${name}-${theme}`);
      assert.deepEqual(await findComplaints(portal.page), []);
    };

    before(async () => {
      portal = await openPortal({ theme });
    });

    after(() => portal?.close());

    it('the sign-in page', async () => {
      await portal.page.getByRole('button', { name: 'Nadia Osei' }).waitFor();
      await look('a11y-sign-in');
    });

    it('the card on the overview', async () => {
      const { page } = portal;
      await signInAs(page, 'Mika Harrow');
      await page.goto('/catalog/default/resource/orders-db');
      await page.getByText('Nobody is in at the moment.').waitFor();
      await look('a11y-card');
    });

    it('the tab, the dialog, a live lease and its credentials', async () => {
      const { page } = portal;
      await page.goto(ACCESS_TAB);
      await page.getByRole('button', { name: /^More choices/ }).click();
      await page.getByText('You get this at once.').waitFor();
      await look('a11y-dialog');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: /for 30 min, at once/ }).click();
      const session = await connectAsShown(page);
      await look('a11y-tab');
      await giveBack(page);
      await session.ended;
      await look('a11y-tab-gone');
    });

    it('the page, mine and everything, and a history', async () => {
      const { page } = portal;
      await page.goto('/just-in-time');
      await page.getByRole('region', { name: 'Past' }).waitFor();
      await look('a11y-page-mine');
      await page.getByRole('tab', { name: 'Everything' }).click();
      await page.getByRole('region', { name: 'Connections' }).waitFor();
      await look('a11y-page-everything');
      await page
        .getByRole('button', { name: /^History of/ })
        .first()
        .click();
      await page.getByText('Ready to use').waitFor();
      await look('a11y-history');
    });
  });
}
