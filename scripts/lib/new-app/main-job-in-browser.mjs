import assert from 'node:assert/strict';
import { join } from 'node:path';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { findChromium } from '../chromium.mjs';
import { say } from '../say.mjs';

/** A first load in development compiles on the way. */
const PATIENCE_MS = 300_000;

/**
 * Goes through the main job in a new app, as its guest: sees the card, the tab and the page, asks, uses what it got, and gives it back.
 *
 * @param entity - the path of an entity that has a lease
 * @param shots - the folder for screenshots
 */
export async function mainJobInBrowser({ url, entity, shots }) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
    ],
  });
  try {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width: 1400, height: 900 },
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const shot = name =>
      page.screenshot({ path: join(shots, `new-app-${name}.png`) });
    try {
      await signIn(page, entity);
      await page.getByRole('button', { name: /^Request access to/ }).waitFor();
      await shot('card');
      say('  the card is on the overview');
      await page.getByText('Access', { exact: true }).first().click();
      await lease(page, shot);
      await page.getByRole('link', { name: 'Just-in-time' }).first().click();
      await page
        .getByText(/Gone, verified/)
        .first()
        .waitFor();
      await shot('page');
      say('  the page Just-in-time is in the sidebar, and has the lease');
    } catch (error) {
      await shot('failed');
      throw error;
    }
  } finally {
    await browser.close();
  }
}

async function signIn(page, entity) {
  await page.goto(entity);
  const enter = page.getByRole('button', { name: 'Enter' });
  const request = page.getByRole('button', { name: /^Request access to/ });
  await enter.or(request).first().waitFor();
  if (await enter.isVisible()) {
    await enter.click();
  }
}

async function lease(page, shot) {
  await page
    .getByRole('button', { name: /Orders database, read only for 30/ })
    .click();
  say('  the tab offers the profile, and grants it at a click');
  await page
    .getByRole('button', { name: /Credentials of/ })
    .first()
    .click();
  await page.getByRole('tab', { name: /URL/ }).click();
  const shown = await page
    .getByText(/postgresql:\/\//)
    .first()
    .innerText();
  await shot('tab');

  const session = new pg.Client({
    connectionString: /postgresql\S+/.exec(shown)[0],
  });
  // Its end is what we wait for.
  session.on('error', () => {});
  await session.connect();
  const ended = new Promise(resolve => {
    session.once('end', resolve);
  });
  const { rows } = await session.query('select count(*)::int n from orders');
  assert.ok(rows[0].n > 0);
  say(`  its credentials read ${rows[0].n} orders`);
  await page
    .getByRole('button', { name: /I.m done with/ })
    .first()
    .click();
  await ended;
  await page
    .getByText(/Gone, verified/)
    .first()
    .waitFor();
  await shot('gone');
  say('  given back: the session died, and the tab says that it is gone');
}
