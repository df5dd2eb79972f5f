import { after, before, describe, it } from 'node:test';
import { ACCESS_TAB, giveBack } from './ordersDatabase.mjs';
import { openPortal, signInAs } from './portal.mjs';

const REPAIR = 'Repair stuck orders';

describe('What is granted at once to who is on call', () => {
  const portals = {};

  before(async () => {
    for (const name of ['Nadia Osei', 'Ravi Lindqvist']) {
      portals[name] = await openPortal();
      await signInAs(portals[name].page, name);
    }
  });

  after(() => Promise.all(Object.values(portals).map(each => each.close())));

  /** Opens the dialog, gives a reason, and waits for what the dry run says. */
  async function tryIt(page, ...sentences) {
    await page.goto(ACCESS_TAB);
    await page
      .getByText(
        'At once when on-call says so, up to 30 min; else approved by owners of the target',
      )
      .waitFor();
    await page.getByRole('button', { name: `Ask for ${REPAIR}` }).click();
    const dialog = page.getByRole('dialog', { name: /^Ask for access to/ });
    await page.keyboard.type('Orders are stuck in packed');
    for (const sentence of sentences) {
      await dialog.getByText(sentence).waitFor();
    }
    return dialog;
  }

  it('waits for the owners with everybody else, who read why', async () => {
    const { page, shot } = portals['Nadia Osei'];
    await tryIt(
      page,
      'Not at once by on-call: nadia.osei is not on call',
      /^Not at once: .* will be notified/,
    );
    await shot('on-call-others');
  });

  it('is granted to them, and given back', async () => {
    const { page, shot } = portals['Ravi Lindqvist'];
    const dialog = await tryIt(
      page,
      'At once by on-call: ravi.lindqvist is on call',
      'You get this at once.',
    );
    await shot('on-call');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await giveBack(page);
  });
});
