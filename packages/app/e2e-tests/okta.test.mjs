import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPortal, signInAs } from './portal.mjs';

/** The demonstration's own scripts belong to no package. */
const { loadSecrets } = await import(
  new URL('../../../scripts/lib/secrets.mjs', import.meta.url).href
);

const GROUP = '00g1exampleOrdAdmin1';
const NADIA = 'nadia.osei@example.com';
const TOMAS = 'tomas.varga@example.com';

/** Who is in the group, as Okta's own API says. */
async function members() {
  const { okta } = loadSecrets(process.env.JIT_E2E_DATA_DIR);
  const response = await fetch(
    `${process.env.JIT_E2E_OKTA_URL}/api/v1/groups/${GROUP}/users`,
    { headers: { authorization: `SSWS ${okta}` } },
  );
  const users = await response.json();
  return users.map(({ profile }) => profile.login).sort();
}

/** A developer joins a group of Okta for a while, and is out of it when the time is over. */
describe('Membership of an Okta group', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
    await portal.page.goto('/catalog/default/resource/orders-console/access');
  });

  after(() => portal?.close());

  it('is had for a minute, and ends by itself in view', async () => {
    const { page, shot } = portal;
    assert.deepEqual(await members(), [TOMAS]);
    await page
      .getByRole('button', { name: 'More choices for Administer orders' })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '1 min', exact: true }).click();
    await dialog.getByText(/At the end the person is signed out/).waitFor();
    await shot('okta-ask');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();

    const done = page.getByRole('button', {
      name: /I.m done with Administer orders/,
    });
    await done.waitFor();
    assert.deepEqual(await members(), [NADIA, TOMAS]);
    await shot('okta-active');

    await done.waitFor({ state: 'detached', timeout: 120_000 });
    const newest = page
      .getByRole('listitem')
      .filter({ hasText: 'Administer orders' })
      .first();
    await newest.getByText(/Gone, verified/).waitFor();
    assert.deepEqual(await members(), [TOMAS]);
    await shot('okta-gone');
  });

  it('is refused where a rule keeps the group, with the reason', async () => {
    const { page, shot } = portal;
    await page
      .getByRole('button', { name: 'More choices for Orders staff' })
      .click();
    await page
      .getByRole('dialog')
      .getByText(/managed by the group rule 'Department is orders'/)
      .waitFor();
    await shot('okta-refused');
  });
});
