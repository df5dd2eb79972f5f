import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSecrets, mainJob } from './scripts.mjs';

test('asks for half an hour on a database over HTTP, uses it, and sees it gone', async () => {
  const {
    JIT_E2E_BACKEND_URL: backendUrl,
    JIT_E2E_POSTGRES_PORT: port,
    JIT_E2E_DATA_DIR: dataDir,
  } = process.env;
  const { postgresSuperuser: password } = loadSecrets(dataDir);
  const { lagMs } = await mainJob({
    backendUrl,
    admin: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    // eslint-disable-next-line no-console -- a run is read by people, and this is what it has to tell
    say: line => console.log(line),
  });
  // How long it takes is measured elsewhere; here it must only not be early.
  assert.ok(lagMs >= 0);
});
