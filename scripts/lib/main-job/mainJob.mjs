import assert from 'node:assert/strict';
import pg from 'pg';
import { PortalClient } from './PortalClient.mjs';

const DEVELOPER = 'user:default/nadia.osei';
const OPERATOR = 'user:default/mika.harrow';

/**
 * The main job over HTTP, against a running portal: ask for half an hour on the orders database, use it, end it, and see that it is gone; then
 * once more until the time is up.
 *
 * @param options.backendUrl such as `http://localhost:7007`
 * @param options.admin a connection string that may look into `pg_roles`; without it, only what the holder sees is checked
 * @param options.say is told each step
 * @returns `lagMs`: from the lease's end to its verified absence, when it expired
 */
export async function mainJob({ backendUrl, admin, say }) {
  const nadia = await PortalClient.signIn({ backendUrl, user: DEVELOPER });
  const mika = await PortalClient.signIn({ backendUrl, user: OPERATOR });

  const lease = await ask(nadia, '30m');
  say(`Lease ${lease.id} is active until ${lease.expiresAt}`);
  const url = await credentials(nadia, lease.id);
  say('Credentials were issued, once, to their subject');

  const session = await connect(url);
  const { rows } = await session.query('select count(*)::int as n from orders');
  assert.ok(rows[0].n > 0);
  say(`Selected from orders: ${rows[0].n} rows`);
  await assert.rejects(session.query(`update orders set status = 'stolen'`), {
    code: '42501',
  });
  say('An update was refused: permission denied');

  const role = new URL(url).username;
  assert.equal(
    (await mika.call('POST', `/leases/${lease.id}/credentials`)).status,
    403,
  );
  say('Not even an operator gets the credentials of somebody else');

  const died = ended(session);
  await nadia.ask('POST', `/leases/${lease.id}/end`);
  const gone = await nadia.until(lease.id, each => each.state === 'revoked');
  await died;
  say(`Ended (${gone.endReason}): the open session died`);
  await assert.rejects(connect(url));
  say('A new login was refused');
  await assertNoRole(admin, role, say);
  assert.ok(gone.verifiedAt);
  say(`Gone, verified ${gone.verifiedAt}`);
  await tellStory(nadia, lease.id, say);

  const short = await ask(nadia, '5s');
  const shortUrl = await credentials(nadia, short.id);
  const open = await connect(shortUrl);
  const closed = ended(open);
  say(`Lease ${short.id} is left to run out at ${short.expiresAt}`);
  const expired = await nadia.until(short.id, each => each.state === 'revoked');
  await closed;
  assert.equal(expired.endReason, 'expired');
  await assertNoRole(admin, new URL(shortUrl).username, say);
  const lagMs = Date.parse(expired.verifiedAt) - Date.parse(expired.expiresAt);
  assert.ok(lagMs >= 0, 'It must not end early');
  say(`Expired; verified absent ${lagMs} ms after its end`);
  return { lagMs };
}

async function ask(client, duration) {
  const { leases } = await client.ask('POST', '/requests', {
    leases: [
      {
        profileId: 'orders-db-read',
        entityRef: 'resource:default/orders-db',
        duration,
      },
    ],
    reason: 'Look into order 9',
  });
  return await client.until(leases[0].id, lease => lease.state === 'active');
}

async function credentials(client, leaseId) {
  const { credentials: issued } = await client.ask(
    'POST',
    `/leases/${leaseId}/credentials`,
  );
  return issued.forms.find(form => form.id === 'url').value;
}

async function connect(connectionString) {
  const client = new pg.Client({ connectionString });
  // A session that is ended by the server says so; that is what we wait for.
  client.on('error', () => {});
  await client.connect();
  return client;
}

function ended(client) {
  return new Promise(resolve => {
    client.once('end', resolve);
  });
}

async function assertNoRole(admin, role, say) {
  if (!admin) {
    return;
  }
  const client = await connect(admin);
  try {
    const { rows } = await client.query(
      'select rolname from pg_roles where rolname = $1',
      [role],
    );
    assert.deepEqual(rows, []);
    say(`pg_roles has no ${role}`);
  } finally {
    await client.end();
  }
}

async function tellStory(client, leaseId, say) {
  const { items } = await client.ask('GET', `/leases/${leaseId}/events`);
  for (const { sequence, at, type, actor, why } of items) {
    say(`  ${sequence}. ${at} ${type} by ${actor}${why ? `: ${why}` : ''}`);
  }
}
