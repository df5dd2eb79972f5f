import { join } from 'node:path';
import { launchBrowser } from './scripts.mjs';

/** A first load in development compiles on the way. */
const PATIENCE_MS = 240_000;

/**
 * Opens the portal in a fresh browser.
 *
 * @param options.theme `light` or `dark`
 * @returns `page`; `shot`: saves a screenshot under this name; `close`
 */
export async function openPortal({ theme = 'light' } = {}) {
  const browser = await launchBrowser(process.env.JIT_E2E_CHROMIUM);
  const context = await browser.newContext({
    baseURL: process.env.JIT_E2E_URL,
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  // Where Backstage keeps the reader's choice.
  await context.addInitScript(
    chosen => localStorage.setItem('theme', chosen),
    theme,
  );
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
