import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The path of a Chromium: what `CHROMIUM_PATH` says, else the first that is found.
 *
 * @throws Error when there is none
 */
export function findChromium() {
  const candidates = process.env.CHROMIUM_PATH
    ? [process.env.CHROMIUM_PATH]
    : [
        ...(process.env.PATH ?? '')
          .split(delimiter)
          .flatMap(folder => NAMES.map(name => join(folder, name))),
        MAC,
      ];
  const found = candidates.find(path => existsSync(path));
  if (!found) {
    throw new Error(
      'There is no Chromium: install one (Debian: apt-get install chromium), or say where it is by CHROMIUM_PATH.',
    );
  }
  return found;
}
