import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCESS_TAB, connectAsShown } from './ordersDatabase.mjs';
import { openPortal, signInAs } from './portal.mjs';

const COPY = 'A copy of the orders database';

describe('A database of one’s own', () => {
  let portal;
  let card;
  let session;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
  });

  after(() => portal?.close());

  it('is made, and written to', async () => {
    const { page } = portal;
    await page.goto(ACCESS_TAB);
    await page
      .getByRole('button', { name: `${COPY} for 1 h, at once` })
      .click();
    await page.goto('/just-in-time?view=environments');
    card = page
      .getByRole('list', { name: 'Alive and on their way' })
      .getByRole('listitem')
      .filter({ hasText: COPY })
      .first();
    await card.getByText(/an hour/).waitFor();
    session = await connectAsShown(page);
    await session.client.query('delete from order_items');
  });

  it('is protected until a time, with a why that its history tells', async () => {
    const { page, shot } = portal;
    await card.getByRole('button', { name: /^Protect/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '4 h', exact: true }).click();
    await dialog.getByText(/^Its clock moves from/).waitFor();
    await dialog.getByLabel(/^Why/).fill('demonstration on Friday');
    await shot('environment-protect');
    await dialog.getByRole('button', { name: 'Protect it' }).click();
    await card.getByText(/^Protected until/).waitFor();
    await card.getByRole('button', { name: /^History of/ }).click();
    await page.getByText('demonstration on Friday').waitFor();
    await shot('environment-history');
  });

  it('is ended from its history, and is gone with its sessions; what that cost and saved is told', async () => {
    const { page, shot } = portal;
    const drawer = page
      .getByRole('dialog')
      .filter({ hasText: 'Seen to be gone' });
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^I.m done with/ })
      .click();
    await page.getByRole('button', { name: 'End it', exact: true }).click();
    await page
      .getByText(/^Gone, verified/)
      .first()
      .waitFor();
    await session.ended;
    await drawer
      .getByText(/^Ended .* before its time: .* reclaimed$/)
      .waitFor();
    await drawer.getByText(/^Avoided, against 7 d/).waitFor();
    await shot('environment-gone');
    await drawer.getByRole('button', { name: 'Close' }).click();

    const rows = page
      .getByRole('table', { name: 'Environments and when they lived' })
      .getByRole('row')
      .filter({ hasText: COPY });
    await rows.first().waitFor();
    const numbers = page.getByRole('region', {
      name: 'Cost and savings of those',
    });
    await numbers.getByText('Reclaimed by an early end').waitFor();
    assert.match(await numbers.innerText(), /€0\.\d\d/);
    await shot('environment-month');
  });
});
