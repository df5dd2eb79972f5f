import { join } from 'node:path';
import { chromium as browsers } from 'playwright-core';

/** A first load in development compiles on the way. */
const PATIENCE_MS = 300_000;

/** A developer's lease on the orders database, in `access-light.png` and `access-dark.png`. */
export async function takePictures({ url, chromium, folder }) {
  const browser = await browsers.launch({
    executablePath: chromium,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
    ],
  });
  try {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({
        baseURL: url,
        colorScheme,
        viewport: { width: 1400, height: 720 },
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      await page.goto('/catalog/default/resource/orders-db/access');
      await page.getByRole('button', { name: 'Nadia Osei' }).click();
      const ask = page.getByRole('button', {
        name: /Orders database, read only for 30/,
      });
      const credentials = page
        .getByRole('button', { name: /Credentials of/ })
        .first();
      await ask.or(credentials).first().waitFor();
      // She has it already when the second picture is taken.
      if (!(await credentials.isVisible())) {
        await ask.click();
      }
      await credentials.waitFor();
      await page
        .getByRole('list', { name: 'Who is in now' })
        .getByText('You')
        .waitFor();
      await page.mouse.move(0, 0);
      await page.screenshot({
        path: join(folder, `access-${colorScheme}.png`),
        animations: 'disabled',
      });
      await context.close();
    }
  } finally {
    await browser.close();
  }
}
