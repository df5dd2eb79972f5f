import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPortal, signInAs } from './portal.mjs';

const endpoint = `${process.env.JIT_E2E_AWS_URL}/sts/`;

/** A developer gets short-lived keys of a role, and uses them. */
describe('Keys of AWS', () => {
  let portal;

  before(async () => {
    portal = await openPortal();
    await signInAs(portal.page, 'Nadia Osei');
    await portal.page.goto('/catalog/default/resource/orders-exports/access');
  });

  after(() => portal?.close());

  it('are shown, work with the SDK, and end with the lease', async () => {
    const { page, shot } = portal;
    await page
      .getByRole('button', { name: 'More choices for Read exports of orders' })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '1 min', exact: true }).click();
    await dialog.getByText(/cannot be ended early/).waitFor();
    await shot('aws-ask');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();

    await page
      .getByRole('button', { name: /Credentials of/ })
      .first()
      .click();
    await page.getByRole('tab', { name: 'credential_process' }).click();
    const shown = await page
      .locator('pre[aria-label="credential_process"]')
      .innerText();
    await shot('aws-keys');
    const keys = JSON.parse(shown);
    // Not later than the lease, whatever the emulator says.
    assert.ok(Date.parse(keys.Expiration) < Date.now() + 61_000);
    const sts = new STSClient({
      region: 'eu-west-1',
      endpoint,
      credentials: {
        accessKeyId: keys.AccessKeyId,
        secretAccessKey: keys.SecretAccessKey,
        sessionToken: keys.SessionToken,
      },
    });
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    assert.equal(Account, '123456789012');

    await page
      .getByRole('button', { name: /I.m done with Read exports of orders/ })
      .waitFor({ state: 'detached', timeout: 120_000 });
    // Looked at twice, half a minute apart.
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Read exports of orders' })
      .first()
      .getByText(/Gone, verified/)
      .waitFor({ timeout: 120_000 });
    await shot('aws-gone');
  });
});
