import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['postgresSuperuser', 'ordersAdmin', 'events', 'okta'];

/** The secrets of this data folder, random, readable by its owner alone; made when they are missing. */
export function loadSecrets(dataDir) {
  const file = join(dataDir, 'secrets.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const missing = NAMES.filter(name => !known[name]);
  for (const name of missing) {
    known[name] = randomBytes(32).toString('hex');
  }
  if (missing.length) {
    writeFileSync(file, `${JSON.stringify(known, undefined, 2)}\n`, {
      mode: 0o600,
    });
  }
  return known;
}
