import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCESS_TAB, connectAsShown, refundOne } from './ordersDatabase.mjs';
import { openPortal, signInAs } from './portal.mjs';

const WRITE = 'Orders database, read and write';
const LONGER = `1 h more of ${WRITE}`;
const INBOX = '/just-in-time?view=approvals';

/** Three people, each in a browser of their own, with a real backend and a real database behind them. */
describe('Write access to the orders database', () => {
  const portals = {};
  let nadia;
  let tomas;
  let ines;

  before(async () => {
    for (const name of ['Nadia Osei', 'Tomás Varga', 'Ines Calder']) {
      portals[name] = await openPortal();
      await signInAs(portals[name].page, name);
    }
    [nadia, tomas, ines] = Object.values(portals).map(({ page }) => page);
  });

  after(() => Promise.all(Object.values(portals).map(each => each.close())));

  /** The row of the request or lease that is not over. */
  const row = () =>
    nadia
      .getByRole('list', { name: 'Your leases' })
      .getByRole('listitem')
      .filter({ hasText: WRITE })
      .first();

  async function ask(reason) {
    await nadia.goto(ACCESS_TAB);
    await nadia
      .getByText(
        'Approved by owners of the target, then members of security, up to 1 h',
      )
      .waitFor();
    await nadia.getByRole('button', { name: `Ask for ${WRITE}` }).click();
    const dialog = nadia.getByRole('dialog', { name: /^Ask for access to/ });
    await nadia.keyboard.type(reason);
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await row().getByText('Waiting for 1 of 1 from orders-team').waitFor();
  }

  /** Opens the inbox with one request in it, and returns its card. */
  async function openRequest(page, reason) {
    await page.goto(INBOX);
    await page
      .getByRole('link', { name: 'Just-in-time: 1 thing waits for you' })
      .waitFor();
    await page.getByRole('tab', { name: 'Approvals (1)' }).waitFor();
    const card = page
      .getByRole('list', { name: 'Requests to decide about' })
      .getByRole('listitem')
      .filter({ hasText: reason })
      .first();
    await card.getByText(/^Before: /).waitFor();
    return card;
  }

  const decide = (card, name, what = WRITE) =>
    card
      .getByRole('button', { name: `${name} ${what} for nadia.osei` })
      .click();

  /** More than what is moved at once. */
  async function askLonger(reason) {
    await row()
      .getByRole('button', { name: `Extend ${WRITE}` })
      .click();
    await nadia.getByRole('menuitem', { name: /^Ask for 1 h more/ }).click();
    const dialog = nadia.getByRole('dialog', { name: LONGER });
    await dialog.getByRole('list', { name: /^Who decides/ }).waitFor();
    await portals['Nadia Osei'].shot('approvals-ask-longer');
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await row()
      .getByText(/^Waiting for approval of 1 h more/)
      .waitFor();
  }

  it('is approved by the lead and denied by security: nothing is granted, and the developer reads by whom and why', async () => {
    await ask('OPS-123 fix order 9');
    const own = await nadia.context().newPage();
    await own.goto(INBOX);
    await own.getByText('Nothing waits for your decision').waitFor();
    await own.close();

    const lead = await openRequest(tomas, 'OPS-123');
    await lead.getByText(/^Now: nothing/).waitFor();
    await portals['Tomás Varga'].shot('approvals-lead');
    await decide(lead, 'Approve');
    await lead.getByText(/Waiting for 1 of 1 from security/).waitFor();
    await row().getByText('Waiting for 1 of 1 from security').waitFor();
    await portals['Nadia Osei'].shot('approvals-waiting');

    const security = await openRequest(ines, 'OPS-123');
    await decide(security, 'Deny');
    await security.getByText(/Say why not/).waitFor();
    await ines.keyboard.type('The replica has <b>all</b> you need');
    await decide(security, 'Deny');
    await security.getByText('Denied', { exact: true }).waitFor();
    await portals['Ines Calder'].shot('approvals-denied');

    await row().getByText('Not granted').waitFor();
    await row()
      .getByText(/Ines Calder said no .*“The replica has <b>all<\/b> you need”/)
      .waitFor();
    await portals['Nadia Osei'].shot('approvals-not-granted');
    assert.equal(
      await nadia.getByRole('button', { name: /^Credentials of/ }).count(),
      0,
    );
  });

  it('is approved by both, for less time: granted, used with real credentials, extended at once, and once more by both without a gap', async () => {
    await ask('OPS-124 refund order 9');
    const lead = await openRequest(tomas, 'OPS-124');
    await decide(lead, 'Approve');
    await lead.getByText(/Waiting for 1 of 1 from security/).waitFor();

    const security = await openRequest(ines, 'OPS-124');
    await security.getByRole('button', { name: 'Give less…' }).click();
    await security.getByLabel('How long').selectOption({ label: '5 min' });
    await decide(security, 'Approve');
    await security.getByText('Approved', { exact: true }).waitFor();

    await row()
      .getByText(/^(5|4) min left/)
      .waitFor();
    const session = await connectAsShown(nadia, { title: WRITE });
    assert.equal(await refundOne(session), 1);

    await row()
      .getByRole('button', { name: `Extend ${WRITE}` })
      .click();
    await nadia.getByRole('menuitem', { name: /^As long as possible/ }).click();
    await row()
      .getByText(/^(35|34) min left/)
      .waitFor();
    await portals['Nadia Osei'].shot('approvals-extended');
    assert.equal(await refundOne(session), 1);

    await askLonger('OPS-125 still at order 9');
    await decide(await openRequest(tomas, 'OPS-125'), 'Approve', LONGER);
    await row().getByText('Waiting for 1 of 1 from security').waitFor();
    await row()
      .getByText(/^3\d min left/)
      .waitFor();
    await decide(await openRequest(ines, 'OPS-125'), 'Approve', LONGER);
    await row()
      .getByText(/^1 h 3\d min left/)
      .waitFor();
    await portals['Nadia Osei'].shot('approvals-longer');
    assert.equal(await refundOne(session), 1);

    await row()
      .getByRole('button', { name: /^I.m done with/ })
      .click();
    await row()
      .getByText(/Gone, verified/)
      .waitFor();
    await session.ended;
  });
});
