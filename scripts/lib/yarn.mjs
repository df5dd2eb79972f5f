import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.mjs';

/** The Yarn that this checkout brings along: a script for Node. */
export function yarnPath() {
  const [, path] = /^yarnPath: (.+)$/m.exec(
    readFileSync(join(CHECKOUT, '.yarnrc.yml'), 'utf8'),
  );
  return join(CHECKOUT, path);
}
