import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { askFor } from './askFor.mjs';
import {
  ACCESS_TAB,
  connectAsShown,
  countOrders,
  liveRow,
} from './ordersDatabase.mjs';
import { openPortal, signInAs } from './portal.mjs';

/** Nobody waits half an hour here, and nobody turns a clock: it is just short. */
describe('A lease that runs out in view', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
    await portal.page.goto(ACCESS_TAB);
    await portal.page.getByText('What you can have here').waitFor();
  });

  after(() => portal?.close());

  it('counts down, ends by itself, and is seen to be gone', async () => {
    const { page, shot } = portal;
    const lease = await askFor('60s');
    await page.getByText(/^\d+ s left/).waitFor();
    const row = await liveRow(page);
    const session = await connectAsShown(page);
    assert.ok((await countOrders(session)) > 0);
    await shot('run-out-live');

    await session.ended;
    await row.seeGone();
    await page.getByText('Time was up').first().waitFor();
    await page.getByText(/This lease is over\./).waitFor();
    await shot('run-out-gone');

    const { state, endReason, verifiedAt, expiresAt } = await lease.look();
    assert.deepEqual([state, endReason], ['revoked', 'expired']);
    assert.ok(Date.parse(verifiedAt) >= Date.parse(expiresAt));
  });
});
