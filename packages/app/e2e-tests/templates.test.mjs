import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openPortal, signInAs } from './portal.mjs';

const NAME = 'end-to-end';
const PAGE = join(process.env.JIT_E2E_DATA_DIR, 'pages', `${NAME}.html`);

describe('A template that gives what it makes an end', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
  });

  after(() => portal?.close());

  it('makes it, and says where its lease is', async () => {
    const { page, shot } = portal;
    await page.goto('/create/templates/default/preview-page');
    await page.getByLabel('Name').fill(NAME);
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    await page
      .getByRole('link', { name: 'See it, extend it, end it' })
      .waitFor();
    assert.ok(existsSync(PAGE));
    await shot('template-task');
  });

  it('leads to the lease', async () => {
    const { page, shot } = portal;
    const link = page.getByRole('link', { name: 'See it, extend it, end it' });
    await page.goto(await link.getAttribute('href'));
    await page.getByText('Preview page').first().waitFor();
    await shot('template-lease');
  });
});
