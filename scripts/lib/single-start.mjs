import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';
import { commandLine } from './processes.mjs';

/**
 * Makes sure that only one demonstration runs on a data folder.
 *
 * @returns `release`: gives the folder free again; `leftBehind`: whether the one before was killed, so that its parts may just be ending
 * @throws Error when one runs already
 */
export function claimDataDir(dataDir) {
  const lock = join(dataDir, 'start.pid');
  for (let leftBehind = false; ; leftBehind = true) {
    try {
      const fd = openSync(lock, 'wx', 0o600);
      writeSync(fd, `${process.pid}`);
      closeSync(fd);
      return { leftBehind, release: () => rmSync(lock, { force: true }) };
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
    const holder = Number(readFileSync(lock, 'utf8'));
    // The number may belong to another program by now, or to us.
    if (
      holder !== process.pid &&
      commandLine(holder).includes(join(CHECKOUT, 'scripts'))
    ) {
      throw new Error(
        `It runs already, as process ${holder}: use that one, or end it first.`,
      );
    }
    rmSync(lock, { force: true });
  }
}
