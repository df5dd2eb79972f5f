import { Lease } from '@backstage-jit/plugin-jit-common';
import { ProviderLife } from '@backstage-jit/plugin-jit-test-utils';
import { OktaFront, OktaPeer } from '@backstage-jit/plugin-jit-test-peers';
import { startOktaLife } from './__testUtils__/startOktaLife';

jest.setTimeout(120_000);

const PEOPLE = ['ada', 'bob', 'cleo', 'dora', 'eve', 'finn', 'gail'];
const front = new OktaFront();
const users = new Map<string, string>();
let peer: OktaPeer;
let life: ProviderLife;
let writers: string;
let admins: string;

beforeAll(async () => {
  peer = await OktaPeer.start();
  const { org } = peer;
  writers = await org.groupId('orders-writers');
  admins = await org.groupId('orders-admins');
  for (const name of PEOPLE) {
    users.set(name, await org.createUser(`${name}@example.com`));
  }
  life = await startOktaLife({
    org,
    front,
    people: Object.fromEntries(
      PEOPLE.map(name => [name, { email: `${name}@example.com` }]),
    ),
  });
});

afterAll(async () => {
  await peer?.stop();
});

beforeEach(async () => {
  await front.reset();
});

const isMember = async (name: string, groupId = writers) =>
  (await peer.org.members(groupId)).includes(`${name}@example.com`);
async function hold(name: string, profileId: string) {
  const id = await life.ask(name, profileId);
  await life.until(name, id, 'active');
  return id;
}

/** Passes go on until the lease has ended: how many it takes is a matter of how long reads lag. */
async function endOf(name: string, id: string): Promise<Lease> {
  return await life.until(name, id, 'revoked', () => life.reconcile());
}

/** As many passes as end a lease whose thing is gone. */
async function passes(): Promise<void> {
  const id = await hold('gail', 'second');
  await peer.org.remove(writers, users.get('gail')!);
  await endOf('gail', id);
}

describe('what others do in Okta during a lease', () => {
  it('is noticed where it removed a membership, and ends all leases on it and no other', async () => {
    const [first, second] = [
      await hold('ada', 'first'),
      await hold('ada', 'second'),
    ];
    const bystander = await hold('bob', 'first');
    await peer.org.remove(writers, users.get('ada')!);
    front.sent.length = 0;
    await life.reconcile();
    const lists = front.sent.filter(line => line.endsWith('/users'));
    expect(lists).toEqual([`GET /api/v1/groups/${writers}/users`]);

    for (const id of [first, second]) {
      expect((await endOf('ada', id)).endReason).toBe('removed-outside');
    }
    expect(await isMember('ada')).toBe(false);
    await life.until('bob', bystander, 'active');
    expect(await isMember('bob')).toBe(true);
  });

  it('is the same membership where it added somebody who is in: it goes with the last lease, and what is added after that stays', async () => {
    const id = await hold('cleo', 'first');
    await peer.org.add(writers, users.get('cleo')!);
    await life.end('cleo', id);
    await life.until('cleo', id, 'revoked');
    expect(await isMember('cleo')).toBe(false);

    front.sent.length = 0;
    await peer.org.add(writers, users.get('cleo')!);
    await passes();
    expect(await isMember('cleo')).toBe(true);
    await life.until('cleo', id, 'revoked');
    expect(front.sent).not.toContain(
      `DELETE /api/v1/groups/${writers}/users/${users.get('cleo')}`,
    );
  });

  it('is noticed where it deleted an account or a group', async () => {
    const [account, group] = [
      await hold('dora', 'first'),
      await hold('eve', 'admins'),
    ];
    await peer.org.deleteUser(users.get('dora')!);
    await peer.org.deleteGroup(admins);
    expect(await endOf('dora', account)).toMatchObject({
      endReason: 'removed-outside',
    });
    expect(await endOf('eve', group)).toMatchObject({
      endReason: 'removed-outside',
    });
  });

  it('changes nothing of a lease where a group rule took the group over, until it ends and tells what that did', async () => {
    const id = await hold('finn', 'second');
    front.rules = [
      { name: 'Everybody', status: 'ACTIVE', groupIds: [writers] },
    ];
    await life.reconcile();
    await life.reconcile();
    await life.until('finn', id, 'active');
    await life.end('finn', id);
    await life.until('finn', id, 'revoked');
    expect(await isMember('finn')).toBe(false);
    expect(JSON.stringify(await life.eventsOf('finn', id))).toContain(
      "Group rule 'Everybody' manages the group by now",
    );
  });

  it('is not guessed from a list that breaks off, and seen by the next that does not', async () => {
    const id = await hold('finn', 'first');
    front.brokenLists = true;
    await peer.org.remove(writers, users.get('finn')!);
    await life.reconcile();
    await life.reconcile();
    await life.until('finn', id, 'active');
    front.brokenLists = false;
    expect((await endOf('finn', id)).endReason).toBe('removed-outside');
  });
});
