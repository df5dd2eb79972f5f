import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** A first load in development compiles on the way. */
const PATIENCE_MS = 60_000;

/**
 * Opens the portal in a fresh browser.
 *
 * @returns `page`; `shot`: saves a screenshot under this name; `close`
 */
export async function openPortal() {
  const browser = await chromium.launch({
    executablePath: process.env.JIT_E2E_CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
    ],
  });
  const context = await browser.newContext({
    baseURL: process.env.JIT_E2E_URL,
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto('/');
  return {
    page,
    shot: name =>
      page.screenshot({
        path: join(process.env.JIT_E2E_ARTIFACTS, `${name}.png`),
      }),
    close: () => browser.close(),
  };
}

/** Chooses one of the example people on the sign-in page, and waits for the portal. */
export async function signInAs(page, name) {
  await page.getByRole('button', { name }).click();
  await page
    .getByRole('navigation', { name: 'sidebar nav' })
    .getByRole('link', { name: 'Catalog' })
    .waitFor();
}
