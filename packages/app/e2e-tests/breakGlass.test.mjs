import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { askFor } from './askFor.mjs';
import { ACCESS_TAB, connectAsShown, refundOne } from './ordersDatabase.mjs';
import { openPortal, signInAs } from './portal.mjs';

const READ_AND_WRITE = 'Orders database, read and write';
const REASON = 'OPS-9 orders are stuck';
const FOUND = 'One order was refunded, and that was right';

/** Follows a notice to where its link leads. */
async function openNotice(page, title) {
  await page.goto('/notifications');
  await page.getByRole('link', { name: title }).first().click();
  return page.getByRole('dialog').last();
}

describe('Breaking the glass', () => {
  const portals = [];
  const openAs = async name => {
    const portal = await openPortal();
    portals.push(portal);
    await signInAs(portal.page, name);
    return portal;
  };
  let ravi;
  let reading;

  before(async () => {
    // It ends while the others are looked at.
    reading = await askFor('5m', { user: 'user:default/ravi.lindqvist' });
    ravi = await openAs('Ravi Lindqvist');
  });

  after(async () => {
    await reading?.end();
    await Promise.all(portals.map(portal => portal.close()));
  });

  it('lets the on-call engineer in at once, with a reason and a tick', async () => {
    const { page, shot } = ravi;
    await page.goto(ACCESS_TAB);
    await page
      .getByRole('button', { name: `Ask for ${READ_AND_WRITE}` })
      .click();
    await page
      .getByRole('button', { name: `Break the glass for ${READ_AND_WRITE}` })
      .click();
    const dialog = page.getByRole('dialog', { name: /^Break the glass/ });
    const submit = dialog.getByRole('button', { name: 'Break the glass' });
    await page.keyboard.type(REASON);
    await dialog.getByText(/the operators.* and Security/i).waitFor();
    await dialog.getByText('You get this at once.').waitFor();
    assert.ok(await submit.isDisabled());
    await dialog.getByRole('checkbox').check();
    await shot('break-glass-dialog');
    await submit.click();
    await dialog.waitFor({ state: 'detached' });

    const row = page
      .getByRole('list', { name: 'Your leases' })
      .getByRole('listitem')
      .filter({ hasText: READ_AND_WRITE });
    await row.getByText(/\d min left/).waitFor();
    await row.getByText('Break-glass').waitFor();
    await page
      .getByRole('list', { name: 'Who is in now' })
      .getByText('Break-glass')
      .waitFor();
    const session = await connectAsShown(page, { title: READ_AND_WRITE });
    assert.equal(await refundOne(session), 1);
    await shot('break-glass-live');
    await row.getByRole('button', { name: /^I.m done with/ }).click();
    await session.ended;
  });

  it('tells security, and the notice leads to the lease', async () => {
    const { page, shot } = await openAs('Ines Calder');
    const drawer = await openNotice(page, /^Break-glass: Orders database/);
    await drawer.getByText(`Reason: ${REASON}`).waitFor();
    await drawer.getByText(/^Somebody else has to review it by/).waitFor();
    await shot('break-glass-notice');
  });

  it('is due for review until the lead has looked at it', async () => {
    const { page, shot } = await openAs('Tomás Varga');
    const due = page.getByRole('region', { name: 'Reviews due' });
    await page.goto('/just-in-time');
    await due.getByText(`Reason: ${REASON}`).waitFor();
    await shot('break-glass-due');

    const drawer = await openNotice(page, /^Break-glass: Orders database/);
    await drawer.getByRole('button', { name: /^Review / }).click();
    const dialog = page.getByRole('dialog', { name: /^Review / });
    await page.keyboard.type(FOUND);
    await dialog.getByRole('button', { name: 'Reviewed' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByText(/^Reviewed .* by/)
      .first()
      .waitFor();
    await page.getByText(FOUND).waitFor();
    await shot('break-glass-reviewed');
    await page.getByRole('button', { name: 'Close' }).click();
    await due.waitFor({ state: 'detached' });
  });

  it('leads from the notice of an end to the choices to extend', async () => {
    const { page, shot } = ravi;
    await reading.endsSoon();
    const earlier = await reading.look();
    await openNotice(page, /^Ends soon/);
    await page.getByRole('menuitem', { name: /^15 min more/ }).click();
    await page
      .getByText(/^(15|16) min left/)
      .first()
      .waitFor();
    await shot('ends-soon-extended');
    const lease = await reading.look();
    assert.equal(
      Date.parse(lease.expiresAt) - Date.parse(earlier.expiresAt),
      15 * 60_000,
    );
  });
});
