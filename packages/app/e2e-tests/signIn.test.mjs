import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPortal, signInAs } from './portal.mjs';

const PEOPLE = [
  'Nadia Osei',
  'Tomás Varga',
  'Ines Calder',
  'Ravi Lindqvist',
  'Mika Harrow',
];

describe('Signing in', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
  });

  after(() => portal?.close());

  it('offers the example people', async () => {
    const { page, shot } = portal;
    for (const name of PEOPLE) {
      await page.getByRole('button', { name }).waitFor();
    }
    assert.equal(await page.getByRole('button').count(), PEOPLE.length);
    await shot('sign-in');
  });

  it('lands on the catalog, which has the orders database', async () => {
    const { page, shot } = portal;
    await signInAs(page, 'Nadia Osei');
    await page.waitForURL('**/catalog**');
    await page.goto('/catalog?filters[kind]=resource');
    await page.getByRole('link', { name: 'Orders database' }).click();
    await page.waitForURL('**/catalog/default/resource/orders-db');
    await page.getByText('Customers, products and orders').waitFor();
    await shot('orders-database');
  });

  it('knows who is signed in after a reload, and forgets it on signing out', async () => {
    const { page } = portal;
    await page.goto('/settings');
    await page.getByText('Nadia Osei').first().waitFor();
    await page.getByTestId('user-settings-menu').click();
    await page.getByRole('menuitem', { name: 'Sign Out' }).click();
    await page.getByRole('button', { name: 'Mika Harrow' }).waitFor();
  });
});
