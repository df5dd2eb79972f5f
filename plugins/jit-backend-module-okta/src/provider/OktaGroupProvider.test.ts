import {
  createLeaseContext,
  failureOf,
} from '@backstage-jit/plugin-jit-test-utils';
import { OktaFront, OktaPeer } from '@backstage-jit/plugin-jit-test-peers';
import { connectionTo, GROUP } from '../__testUtils__/createGroupHarness';
import { createLease, LeaseOptions } from '../__testUtils__/createLease';
import { OktaGroupProvider } from './OktaGroupProvider';

jest.setTimeout(60_000);

const front = new OktaFront();
let peer: OktaPeer;
let provider: OktaGroupProvider;
let groupId: string;

beforeAll(async () => {
  peer = await OktaPeer.start();
  groupId = await peer.org.groupId(GROUP);
}, 60_000);

afterAll(async () => {
  await peer?.stop();
});

beforeEach(async () => {
  await front.reset();
  provider = OktaGroupProvider.create({ fetch: front.fetch });
});

const lease = (options?: LeaseOptions) =>
  createLease({ org: peer.org, provider: () => provider }, options);

describe('okta.group', () => {
  it('commits whom and what it is about before the membership is made', async () => {
    const one = await lease();
    const first = await provider.grant(one.context());
    expect(first).toMatchObject({
      done: false,
      handle: { userId: one.userId, groupId },
    });
    expect(await one.isMember()).toBe(false);
    one.joins(first.handle);
    expect(await provider.grant(one.context())).toMatchObject({ done: true });
    expect(await one.isMember()).toBe(true);

    // By the ids: another login, another e-mail address, another name of the group change nothing.
    await peer.org.rename(one.userId, 'renamed@example.com');
    expect(await one.inspect()).toMatchObject({ status: 'present' });
    await one.revoke();
    expect(await peer.org.members(groupId)).toEqual([]);
    expect(await one.inspect()).toMatchObject({
      status: 'absent',
      residual: expect.stringContaining('apps that the person is signed in to'),
    });
  });

  it('means the same person for a lease that joins, and looks at them again', async () => {
    const one = await lease();
    await one.grant();
    // Somebody else gets the name in Okta.
    await peer.org.rename(one.userId, 'former@example.com');
    const heir = await peer.org.createUser(one.email);
    const two = await lease({ subject: one.subject });
    two.joins(one.handle());
    await two.grant();
    expect(two.handle()).toMatchObject({ userId: one.userId });
    expect(await peer.org.groupsOf(heir)).toEqual([]);
    await two.revoke();
    expect(await peer.org.members(groupId)).toEqual([]);

    await peer.org.deactivate(one.userId);
    const three = await lease({ subject: one.subject });
    three.joins(one.handle());
    expect(await failureOf(three.grant())).toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining('is deprovisioned'),
    });
  });

  it('is one thing for all leases of a person on a group, whatever the catalog calls them', () => {
    const keyOf = (subject: string, email?: string, group = GROUP) =>
      provider.entitlementKey({
        lease: {
          ...createLeaseContext({
            params: {},
            connection: connectionTo(peer.org),
          }).lease,
          subject,
          subjectProfile: email ? { email } : undefined,
        },
        params: { group },
      });
    const key = keyOf('user:default/ada', 'ada@example.com');
    expect(keyOf('user:other/ada', 'Ada@Example.com')).toBe(key);
    expect(keyOf('user:default/ada', 'eve@example.com')).not.toBe(key);
    expect(keyOf('user:default/ada', 'ada@example.com', 'b')).not.toBe(key);
    expect(keyOf('user:default/ada')).not.toBe(keyOf('user:default/eve'));
  });

  it('copes with what others do meanwhile', async () => {
    const removed = await lease();
    await removed.grant();
    await peer.org.remove(groupId, removed.userId);
    expect((await removed.inspect()).status).toBe('absent');
    await removed.revoke();

    const added = await lease();
    await added.grant();
    await peer.org.add(groupId, added.userId);
    await added.revoke();
    expect((await added.inspect()).status).toBe('absent');

    const deactivated = await lease();
    await deactivated.grant();
    await peer.org.deactivate(deactivated.userId);
    // It would be a member again with the account.
    expect((await deactivated.inspect()).status).toBe('present');
    await deactivated.revoke();
    expect((await deactivated.inspect()).status).toBe('absent');

    const deleted = await lease({ params: { clearSessions: true } });
    await deleted.grant();
    await peer.org.deleteUser(deleted.userId);
    expect((await deleted.inspect()).status).toBe('absent');
    await deleted.revoke();

    const id = await peer.org.createGroup('short-lived');
    const homeless = await lease({
      params: { group: id },
      connection: { ceiling: { groups: [id] } },
    });
    await homeless.grant();
    await peer.org.deleteGroup(id);
    expect((await homeless.inspect()).status).toBe('absent');
    await homeless.revoke();
  });

  it('refuses what cannot be lent, in the plan and in the grant alike', async () => {
    const builtIn = { group: 'All of orders' };
    const rule = (status: string) => [
      { name: 'Everybody in Berlin', status, groupIds: ['other', groupId] },
    ];
    const refused: Array<[string, LeaseOptions, () => unknown]> = [
      [
        'is of type BUILT_IN',
        {
          params: builtIn,
          connection: { ceiling: { groups: [builtIn.group] } },
        },
        () => {},
      ],
      [
        "is managed by the group rule 'Everybody in Berlin'",
        {},
        () => {
          front.rules = rule('ACTIVE');
        },
      ],
      [
        "There is no group 'orders-nobody' in Okta.",
        {
          params: { group: 'orders-nobody' },
          connection: { ceiling: { groups: ['orders-nobody'] } },
        },
        () => {},
      ],
      [
        'twice, by its name and by its id',
        { connection: { ceiling: { groups: [GROUP, groupId] } } },
        () => {},
      ],
      [
        "is not in the ceiling of connection 'okta'",
        { connection: { ceiling: { groups: [] } } },
        () => {},
      ],
      [
        'Okta has no user that is user:default/stranger',
        { subject: 'user:default/stranger' },
        () => {},
      ],
    ];
    for (const [words, options, prepare] of refused) {
      await front.reset();
      prepare();
      const one = await lease(options);
      expect((await one.plan()).refusal).toContain(words);
      expect(await failureOf(one.grant())).toMatchObject({
        class: 'misconfigured',
        message: expect.stringContaining(words),
      });
      // Nothing was made, and so the lease can end.
      await one.revoke();
      expect((await one.inspect()).status).toBe('absent');
    }

    front.rules = rule('INACTIVE');
    const one = await lease();
    const plan = await one.plan();
    expect(plan.refusal).toBeUndefined();
    expect(plan.residual).toContain('The Okta session stays');
    expect(plan.lines[0]).toContain(`'${GROUP}'`);
  });

  it('ends a lease on a group that a rule took over, and tells what that did', async () => {
    const one = await lease();
    await one.grant();
    front.rules = [
      { name: 'Everybody in Berlin', status: 'ACTIVE', groupIds: [groupId] },
    ];
    expect((await one.revoke()).at(-1)?.report).toEqual([
      expect.stringContaining("'Everybody in Berlin' manages the group by now"),
    ]);
    expect(await one.isMember()).toBe(false);
  });

  it('finds people by e-mail address or by login, and takes nobody else for them', async () => {
    const byLogin = { connection: { userBy: 'annotation' as const } };
    const known = await lease({
      ...byLogin,
      annotation: login => `x.${login}`,
    });
    expect(await failureOf(known.grant())).toMatchObject({
      message: expect.stringContaining('Okta has no user that is'),
    });
    const named = await lease({
      ...byLogin,
      annotation: login => login,
    });
    await named.grant();
    expect(named.handle()?.userId).toBe(named.userId);
    await named.revoke();

    // The emulator answers with whom the token belongs to, as Okta does.
    const me = await lease({ ...byLogin, annotation: () => 'me' });
    expect((await me.plan()).refusal).toContain('Okta has no user that is');

    const unknown = await lease(byLogin);
    expect(await failureOf(unknown.inspect())).toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining('no annotation okta.com/login of'),
    });

    const twins = await lease();
    front.intercept = ({ url }, forward) =>
      url.searchParams.has('filter')
        ? forward().then(async response => {
            const [user] = await response.json();
            return Response.json([user, { ...user, id: '00uTWIN' }]);
          })
        : undefined;
    expect(await failureOf(twins.grant())).toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining('Several users in Okta have the e-mail'),
    });
  });

  it('signs the person out only where the profile asks, and only after they are out of the group', async () => {
    const quiet = await lease();
    await quiet.grant();
    await quiet.revoke();
    expect(front.signedOut).toEqual([]);

    const loud = await lease({ params: { clearSessions: true } });
    await loud.grant();
    front.sent.length = 0;
    await loud.revoke();
    expect(front.signedOut).toEqual([loud.userId]);
    expect(front.sent.slice(0, 2)).toEqual([
      `DELETE /api/v1/groups/${groupId}/users/${loud.userId}`,
      `DELETE /api/v1/users/${loud.userId}/sessions`,
    ]);
  });

  it('never believes a write that was answered by a failure, nor one that was lost', async () => {
    for (const [method, status] of [
      ['PUT', 500],
      ['PUT', 502],
      ['DELETE', 500],
    ] as const) {
      const one = await lease();
      if (method === 'DELETE') {
        await one.grant();
      }
      let failed = false;
      front.intercept = (request, forward) =>
        request.method === method && !failed
          ? forward().then(() => {
              failed = true;
              return Response.json({}, { status });
            })
          : undefined;
      const run = method === 'PUT' ? one.grant : one.revoke;
      expect(await failureOf(run())).toMatchObject({
        class: 'unknown-outcome',
      });
      expect((await one.inspect()).status).toBe(
        method === 'PUT' ? 'present' : 'absent',
      );
      await run();
      await one.revoke();
      expect(await one.isMember()).toBe(false);
    }
  });

  it('tells each org by its own id, an emulator without one by its address', async () => {
    const ctx = (org = peer.org) =>
      createLeaseContext({ params: {}, connection: connectionTo(org) });
    const bare = OktaGroupProvider.create();
    expect(await provider.identity(ctx())).toMatch(/^00o/);
    expect(await bare.identity(ctx())).toBe(`emulator ${peer.org.url}`);
    expect(await bare.identity(ctx(peer.other))).toBe(
      `emulator ${peer.other.url}`,
    );
  });

  it('works on the emulator alone, as in the demo', async () => {
    provider = OktaGroupProvider.create();
    const one = await lease({ params: { clearSessions: true } });
    expect((await one.plan()).refusal).toBeUndefined();
    await one.grant();
    expect(await one.isMember()).toBe(true);
    await one.revoke();
    expect((await one.inspect()).status).toBe('absent');
    expect(await provider.health(one.context())).toEqual({ ok: true });
  });

  it('is healthy when each group of its ceiling can be lent, and says which cannot', async () => {
    const of = (groups: string[]) =>
      createLeaseContext({
        params: {},
        connection: connectionTo(peer.org, { ceiling: { groups } }),
      });
    expect(await provider.health(of([GROUP, 'orders-admins']))).toEqual({
      ok: true,
    });
    expect(await provider.health(of([GROUP, 'gone', 'All of orders']))).toEqual(
      {
        ok: false,
        message: expect.stringMatching(
          /^There is no group 'gone' in Okta\.\nGroup 'All of orders' is of type BUILT_IN/,
        ),
      },
    );
    front.forbidden = true;
    expect(await provider.health(of([GROUP, 'orders-admins']))).toEqual({
      ok: false,
      message: [
        "Connection 'okta' may not look users up (403, E0000006): it needs the scope okta.users.read, or an admin role that may view users.",
        "Connection 'okta' may not look a group up (403, E0000006): it needs the scope okta.groups.manage, or an admin role that may view groups.",
      ].join('\n'),
    });
  });
});
