// The demonstration's Okta org, in a process of its own: the emulator behind a door that adds what it lacks.
import { createEmulator } from 'emulate';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../checkout.mjs';
import { freePort } from '../free-port.mjs';
import { OktaOrgFile } from './OktaOrgFile.mjs';
import { openOktaDoor } from './oktaDoor.mjs';

const {
  JIT_OKTA_PORT: port,
  JIT_OKTA_TOKEN: token,
  JIT_DATA_DIR: dataDir,
} = process.env;
const { org, rules, ...seed } = JSON.parse(
  readFileSync(join(CHECKOUT, 'examples', 'okta.json'), 'utf8'),
);
const saved = new OktaOrgFile(join(dataDir, 'okta.json'));
const behind = await freePort();

await createEmulator({
  service: 'okta',
  port: behind,
  hostname: '127.0.0.1',
  // Where the pages of a list link to.
  baseUrl: `http://127.0.0.1:${port}`,
  seed: {
    tokens: { [token]: { login: 'portal', scopes: [] } },
    okta: saved.addTo(seed),
  },
});
await openOktaDoor({
  port: Number(port),
  emulatorUrl: `http://127.0.0.1:${behind}`,
  token,
  org,
  rules,
  saved,
});
