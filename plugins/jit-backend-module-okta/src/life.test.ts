import { ProviderLife } from '@backstage-jit/plugin-jit-test-utils';
import { OktaFront, OktaPeer } from '@backstage-jit/plugin-jit-test-peers';
import { startOktaLife } from './__testUtils__/startOktaLife';

jest.setTimeout(180_000);

const PEOPLE = ['ada', 'bob', 'cleo', 'dora'];
const front = new OktaFront();
const users = new Map<string, string>();
let peer: OktaPeer;
let life: ProviderLife;
let groupId: string;

beforeAll(async () => {
  peer = await OktaPeer.start();
  const { org } = peer;
  groupId = await org.groupId('orders-writers');
  for (const name of PEOPLE) {
    users.set(name, await org.createUser(`${name}@example.com`));
  }
  life = await startOktaLife({
    org,
    front,
    people: {
      ...Object.fromEntries(
        PEOPLE.map(name => [name, { email: `${name}@example.com` }]),
      ),
      nobody: { displayName: 'Without an address' },
    },
  });
});

afterAll(async () => {
  await peer?.stop();
});

beforeEach(async () => {
  await front.reset();
});

const isMember = async (name: string) =>
  (await peer.org.members(groupId)).includes(`${name}@example.com`);
describe('a backend with okta.group', () => {
  it('says before asking what is made, what stays, and what is in the way', async () => {
    expect(await life.preview('ada', 'first')).toMatchObject({
      plan: [
        expect.stringMatching(/^Membership of the group 'orders-writers' on /),
        'Who is in the group already stays in it afterwards',
        'At the end the person is signed out of Okta',
      ],
      residual: expect.stringContaining(
        'pps that the person is signed in to may keep',
      ),
    });
    front.rules = [
      { name: 'Everybody', status: 'ACTIVE', groupIds: [groupId] },
    ];
    expect((await life.preview('ada', 'first')).refusal).toContain(
      "managed by the group rule 'Everybody'",
    );
    expect(front.sent.filter(line => !line.startsWith('GET'))).toEqual([]);
  });

  it('keeps the membership for the last of two leases on it', async () => {
    const first = await life.ask('ada', 'first');
    const second = await life.ask('ada', 'second');
    await life.until('ada', first, 'active');
    await life.until('ada', second, 'active');
    expect(await isMember('ada')).toBe(true);

    await life.end('ada', first);
    await life.until('ada', first, 'revoked');
    expect(await isMember('ada')).toBe(true);
    expect(front.signedOut).toEqual([]);

    await life.end('ada', second);
    const ended = await life.until('ada', second, 'revoked');
    expect(ended.residual).toContain('apps that the person is signed in to');
    expect(await isMember('ada')).toBe(false);
  });

  it('never touches what a standing member holds, through overlapping leases', async () => {
    await peer.org.add(groupId, users.get('bob')!);
    const leases = [
      await life.ask('bob', 'first'),
      await life.ask('bob', 'second'),
    ];
    for (const id of leases) {
      await life.until('bob', id, 'active');
    }
    for (const id of leases) {
      await life.end('bob', id);
      await life.until('bob', id, 'revoked');
      expect(await isMember('bob')).toBe(true);
    }
    expect(front.sent.filter(line => /^(PUT|DELETE) /.test(line))).toEqual([]);
  });

  it('gives a lease only to people of whom the catalog knows who they are in Okta', async () => {
    await expect(life.ask('nobody', 'first')).rejects.toMatchObject({
      body: {
        error: {
          message: expect.stringContaining(
            'needs the e-mail address or the annotation okta.com/login of user:default/nobody',
          ),
        },
      },
    });
  });

  it('waits out a 429 without an attempt, and survives failures after success', async () => {
    front.tooMany = { retryAfterMs: 2_000 };
    const id = await life.ask('cleo', 'first');
    const waiting = await life.until('cleo', id, ({ lastError }) =>
      Boolean(lastError),
    );
    expect(waiting).toMatchObject({
      attempts: 0,
      lastError: { class: 'rate-limited' },
    });
    front.tooMany = undefined;

    const failed = new Set<string>();
    front.intercept = ({ method }, forward) => {
      if (method === 'GET' || failed.has(method)) {
        return undefined;
      }
      failed.add(method);
      return forward().then(() => Response.json({}, { status: 500 }));
    };
    await life.until('cleo', id, 'active');
    expect(await isMember('cleo')).toBe(true);
    await life.end('cleo', id);
    await life.until('cleo', id, 'revoked');
    expect(await isMember('cleo')).toBe(false);
    expect([...failed].sort()).toEqual(['DELETE', 'PUT']);
  });

  it('takes the membership back when its time is up, by itself', async () => {
    const id = await life.ask('ada', 'second', { seconds: 1 });
    expect(await life.until('ada', id, 'revoked')).toMatchObject({
      endReason: 'expired',
    });
    expect(await isMember('ada')).toBe(false);
    const membership = `/api/v1/groups/${groupId}/users/${users.get('ada')}`;
    expect(front.sent.filter(line => line.endsWith(membership))).toEqual([
      `PUT ${membership}`,
      `DELETE ${membership}`,
    ]);
    const events = await life.eventsOf('ada', id);
    expect(events.map(({ to }) => to)).toContain('active');
  });

  it('lasts longer when extended, and asks nothing of Okta for that', async () => {
    const id = await life.ask('ada', 'second');
    const { expiresAt } = await life.until('ada', id, 'active');
    front.sent.length = 0;
    await life.extend('ada', id, { minutes: 5 });
    const longer = await life.until('ada', id, lease => {
      return lease.expiresAt !== expiresAt;
    });
    expect(Date.parse(longer.expiresAt!)).toBe(
      Date.parse(expiresAt!) + 5 * 60_000,
    );
    expect(await isMember('ada')).toBe(true);
    // Which org it is, is asked every ten seconds.
    expect(front.sent.filter(line => !line.includes('/.well-known/'))).toEqual(
      [],
    );
    await life.end('ada', id);
    await life.until('ada', id, 'revoked');
  });

  it('ends a lease of somebody whose account was deleted meanwhile', async () => {
    const id = await life.ask('dora', 'second');
    await life.until('dora', id, 'active');
    await peer.org.deleteUser(users.get('dora')!);
    await life.end('dora', id);
    await life.until('dora', id, 'revoked');
    expect(await isMember('dora')).toBe(false);
    const events = await life.eventsOf('dora', id);
    expect(events.map(({ to }) => to).filter(Boolean)).toEqual([
      'requested',
      'approved',
      'granting',
      'active',
      'revoking',
      'revoked',
    ]);
    expect(JSON.stringify(events)).not.toContain(peer.org.token);
  });
});
