import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { askFor } from './askFor.mjs';
import {
  ACCESS_TAB,
  connectAsShown,
  countOrders,
  giveBack,
} from './ordersDatabase.mjs';
import { order } from './order.mjs';
import { openPortal, signInAs } from './portal.mjs';

describe('A backend that is killed while a lease lives', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
    await portal.page.goto(ACCESS_TAB);
    await portal.page.getByText('What you can have here').waitFor();
  });

  after(() => portal?.close());

  it('is said, the time counts on, and all goes on by itself once it is back', async () => {
    const { page, shot } = portal;
    // Under five minutes each second shows.
    await askFor('295s');
    const left = page.getByText(/^\d min( \d+ s)? left/);
    await left.waitFor();
    const session = await connectAsShown(page);

    await order('kill-backend');
    const outage = page.getByText('The portal’s backend cannot be reached');
    await outage.waitFor();
    await page.getByText(/This is how it was when last heard of/).waitFor();
    const shown = await left.innerText();
    await page.waitForFunction(
      earlier => !document.body.innerText.includes(earlier),
      shown,
    );
    await shot('outage');
    // What was granted needs no portal to work.
    assert.ok((await countOrders(session)) > 0);

    await order('start-backend');
    await outage.waitFor({ state: 'detached' });
    await left.waitFor();
    await shot('outage-over');

    await giveBack(page);
    await session.ended;
    await shot('outage-gone');
  });
});
