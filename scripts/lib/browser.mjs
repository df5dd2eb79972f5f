import { chromium } from 'playwright-core';

/** A headless Chromium that talks to nobody but the page. */
export function launchBrowser(executablePath) {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
    ],
  });
}
