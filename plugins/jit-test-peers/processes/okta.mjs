/*
 * Two Okta orgs on this machine, for one test file: the emulator is an ES module that Jest cannot load. Ends when its input is closed.
 */
import { createEmulator } from 'emulate';
import { randomBytes } from 'node:crypto';

async function startOrg() {
  const token = randomBytes(24).toString('hex');
  const emulator = await createEmulator({
    service: 'okta',
    port: 0,
    hostname: '127.0.0.1',
    seed: {
      tokens: { [token]: { login: 'admin', scopes: [] } },
      okta: {
        groups: [
          { name: 'orders-writers' },
          { name: 'orders-admins' },
          { name: 'All of orders', type: 'BUILT_IN' },
        ],
      },
    },
  });
  return { emulator, url: emulator.url, token };
}

const orgs = [await startOrg(), await startOrg()];
process.stdout.write(
  `${JSON.stringify(orgs.map(({ url, token }) => ({ url, token })))}\n`,
);
process.stdin.resume();
process.stdin.once('end', async () => {
  await Promise.all(orgs.map(({ emulator }) => emulator.close()));
});
