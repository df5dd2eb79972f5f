import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const CHECKOUT = fileURLToPath(
  new URL('../..', import.meta.url),
).replace(/[\\/]$/, '');

/** Where the demonstration keeps what outlives it. */
export const DATA_DIR = join(CHECKOUT, '.data');
