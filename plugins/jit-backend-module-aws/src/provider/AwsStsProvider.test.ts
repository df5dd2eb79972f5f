import { keysOf, refusal } from '@backstage-jit/plugin-jit-test-peers';
import { failureOf } from '@backstage-jit/plugin-jit-test-utils';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBench } from '../__testUtils__/createBench';
import { createLease, LeaseOptions } from '../__testUtils__/createLease';
import { sessionName } from '../session/sessionName';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const bench = createBench();

beforeEach(() => bench.front.stopClock());

async function granted(options?: LeaseOptions) {
  const lease = createLease(bench, options);
  await lease.grant();
  return lease;
}

const policiesOf = (role = 'invoices-reader') => bench.front.policies.of(role);

describe('keys of a role', () => {
  it('carry the lease, and die at its end to the second', async () => {
    const expiresAt = bench.front.now + 20 * MINUTE;
    const lease = await granted({
      expiresAt,
      params: { tags: { team: 'invoices' } },
    });
    expect(bench.front.sessions.size).toBe(0);
    const { credentials, session } = await lease.mint();

    const { lease: ours, mark } = lease.context();
    const name = sessionName({ externalName: lease.externalName, mark });
    expect(session.name).toBe(name);
    expect(session.params.get('SourceIdentity')).toBe(name);
    expect(session.tags).toEqual({
      'jit:lease': ours.id,
      'jit:subject': ours.subject,
      team: 'invoices',
    });
    expect(session.params.get('DurationSeconds')).toBe('1200');

    const end = expiresAt;
    expect(Date.parse(credentials.expiresAt!)).toBe(end);
    expect(Date.parse(keysOf(credentials).Expiration)).toBe(end);
    const inline = policiesOf();
    expect(await session.may({ inline, at: end - 1000 })).toBe(true);
    expect(await session.may({ inline, at: end })).toBe(false);
  });

  it('are asked for at least a quarter of an hour, and die with a shorter lease', async () => {
    const lease = await granted({ expiresAt: bench.front.now + 2 * MINUTE });
    const { credentials, session } = await lease.mint();
    expect(session.params.get('DurationSeconds')).toBe('900');
    expect(Date.parse(credentials.expiresAt!)).toBe(session.end);
    expect(await lease.may(session)).toBe(true);
    expect(await lease.may(session, 2 * MINUTE)).toBe(false);
  });

  it('last an hour of a longer lease, are issued again, and keep their own end when it is extended', async () => {
    const lease = await granted({ expiresAt: bench.front.now + 3 * HOUR });
    const first = await lease.mint();
    expect(first.session.params.get('DurationSeconds')).toBe('3600');
    expect(first.credentials.expiresAt).toBe(
      new Date(first.session.expiresAt).toISOString(),
    );
    lease.extendTo(bench.front.now + 4 * HOUR);
    const second = await lease.mint();
    expect(second.session.end - first.session.end).toBeGreaterThan(HOUR - 2000);
    expect(await lease.may(first.session)).toBe(true);
  });

  it('are narrowed down by the session policy, and get no keys of other roles', async () => {
    const lease = await granted({
      params: {
        sessionPolicy: {
          Statement: {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::invoices/2026/*',
          },
        },
      },
    });
    const { session } = await lease.mint();
    const now = { inline: policiesOf(), at: bench.front.now };
    expect(await session.may(now)).toBe(true);
    expect(
      await session.may({ ...now, resource: 'arn:aws:s3:::invoices/2025/1' }),
    ).toBe(false);
    const plain = await (await granted()).mint();
    const other = {
      ...now,
      action: 'sts:AssumeRole',
      resource: bench.front.roleArn('invoices-admin'),
    };
    expect(await plain.session.may(other)).toBe(false);
    const chaining = await granted({ params: { mayAssumeRoles: true } });
    expect(await (await chaining.mint()).session.may(other)).toBe(true);
    expect((await chaining.plan()).residual).toContain('other roles');
  });
});

describe('an early end', () => {
  it('kills exactly the sessions of its lease, and those that a mint under way still makes', async () => {
    const lease = await granted();
    const other = await granted();
    const early = await lease.mint();
    const untouched = await other.mint();
    await lease.revoke();
    expect(await lease.inspect()).toMatchObject({ status: 'absent' });
    const late = await lease.mint();
    expect(await lease.may(early.session)).toBe(false);
    expect(await lease.may(late.session)).toBe(false);
    expect(await other.may(untouched.session)).toBe(true);
    expect((await other.inspect()).status).toBe('present');
    // Without a time: also long before.
    expect(await lease.may(early.session, -HOUR)).toBe(false);
  });

  it('leaves the role as it was when nothing was issued, when the lease is over anyway, and once its keys are dead', async () => {
    policiesOf().set('theirs', '{"Version":"2012-10-17","Statement":[]}');
    const before = [...policiesOf()];
    const unused = await granted();
    await unused.revoke();
    expect((await unused.inspect()).status).toBe('absent');

    const over = await granted({ expiresAt: bench.front.now + 1000 });
    await over.mint();
    await over.revoke();
    expect(await over.inspect()).toMatchObject({
      status: 'present',
      aliveUntil: over.handle()!.keys!.usableUntil,
    });
    bench.front.aheadMs = 2000;
    expect((await over.inspect()).status).toBe('absent');
    bench.front.aheadMs = 0;
    expect([...policiesOf()]).toEqual(before);

    const lease = await granted();
    await lease.mint();
    await lease.revoke();
    expect(policiesOf().size).toBe(2);
    const { connection, mark, signal, deadline, logger } = lease.context();
    const tidy = () =>
      bench.provider.tidy({ connection, mark, signal, deadline, logger });
    await tidy();
    expect(policiesOf().size).toBe(2);
    bench.front.aheadMs = 32 * MINUTE;
    await tidy();
    expect([...policiesOf()]).toEqual(before);
  });

  it('knows of keys that a process made when it died', async () => {
    const lease = await granted();
    lease.intend();
    expect((await lease.inspect()).status).toBe('present');
    await lease.revoke();
    expect(policiesOf().size).toBe(1);
    expect((await lease.inspect()).status).toBe('absent');
  });

  it('is looked for in the policy itself: one that was changed by hand, or of another ledger, is none', async () => {
    const lease = await granted();
    const { session } = await lease.mint();
    await lease.revoke();
    const [name] = policiesOf().keys();
    policiesOf().set(name, '{"Version":"2012-10-17","Statement":[]}');
    bench.front.aheadMs = MINUTE;
    expect((await lease.inspect()).status).toBe('present');
    await lease.revoke();
    expect((await lease.inspect()).status).toBe('absent');
    expect(await lease.may(session)).toBe(false);

    const theirs = await granted({
      mark: { installation: 'acme-test', ledgerId: 'another one' },
    });
    await theirs.mint();
    expect((await theirs.inspect()).status).toBe('present');
  });

  it('waits for IAM to show the denial', async () => {
    const lease = await granted();
    await lease.mint();
    bench.front.policies.freeze();
    await lease.revoke();
    expect(await lease.inspect()).toEqual({
      status: 'pending',
      lookAgainIn: { seconds: 1 },
    });
    bench.front.policies.thaw();
    expect((await lease.inspect()).status).toBe('absent');
  });

  it.each([
    [
      'of Identity Center',
      'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Invoices_0123456789abcdef',
      {},
    ],
    [
      'that the config says not to touch',
      'invoices-reader',
      { mayEditRoles: false },
    ],
    ['that IAM does not let us edit', 'invoices-reader', {}],
  ])(
    'of keys of a role %s is told until when they live',
    async (what, role, connection) => {
      if (what.includes('IAM')) {
        bench.front.intercept = params =>
          params.get('Action') === 'DeleteRolePolicy'
            ? Promise.resolve(refusal(403, 'AccessDenied'))
            : undefined;
      }
      const lease = createLease(bench, { role, connection });
      expect(await lease.plan()).toMatchObject({
        residual: expect.stringContaining('cannot be ended early'),
      });
      await lease.grant();
      await lease.revoke();
      expect((await lease.inspect()).status).toBe('absent');
      const { session } = await lease.mint();
      await lease.revoke();
      expect(await lease.inspect()).toMatchObject({
        status: 'present',
        aliveUntil: session.end,
        residual: expect.stringContaining('cannot be ended early'),
        blockers: [expect.stringContaining('cannot be edited')],
      });
      expect(bench.front.sent).not.toContain('PutRolePolicy');
      bench.front.aheadMs = 31 * MINUTE;
      expect((await lease.inspect()).status).toBe('absent');
    },
  );

  it('of a role that was deleted meanwhile is one', async () => {
    const lease = await granted();
    await lease.mint();
    bench.front.intercept = params =>
      params.get('RoleName') === 'invoices-reader'
        ? Promise.resolve(refusal(404, 'NoSuchEntity'))
        : undefined;
    await lease.revoke();
    expect((await lease.inspect()).status).toBe('absent');
  });
});

describe('many ends on one role', () => {
  it('by two replicas at once lose no denial', async () => {
    const leases = [];
    for (let n = 0; n < 20; n++) {
      leases.push(await granted());
    }
    const sessions = await Promise.all(leases.map(lease => lease.mint()));
    // Each through a provider of its own, and its answers at any time.
    bench.front.intercept = (_params, forward) =>
      sleep(Math.random() * 20).then(forward);
    await Promise.all(leases.slice(1).map(lease => lease.revoke()));
    bench.front.intercept = undefined;
    for (const [index, { session }] of sessions.entries()) {
      expect(await leases[index].may(session)).toBe(index === 0);
    }
  });

  it('than there is room for are denied together, others on it get fresh keys, and nothing else is hit', async () => {
    const foreign = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 's3:List*',
          Resource: '*',
          Sid: 'x'.repeat(4000),
        },
      ],
    });
    policiesOf().set('theirs', foreign);
    const bystander = await granted();
    const before = await bystander.mint();
    const elsewhere = await granted({ role: 'invoices-writer' });
    const there = await elsewhere.mint();
    const theirs = await granted({
      mark: { installation: 'other', ledgerId: 'other' },
    });
    const others = await theirs.mint();
    const leases = [];
    for (let n = 0; n < 45; n++) {
      const lease = await granted();
      leases.push({ lease, session: (await lease.mint()).session });
    }
    // No keys are being made any more.
    bench.front.aheadMs = MINUTE;
    const reports = [];
    for (const { lease } of leases) {
      reports.push(...(await lease.revoke()).map(({ report }) => report));
    }
    expect(reports.flat().filter(Boolean)).toHaveLength(1);
    expect(bench.front.policies.longest).toBeLessThan(10_240);
    expect(policiesOf().get('theirs')).toBe(foreign);
    expect(policiesOf().size).toBeLessThan(32);
    for (const { lease, session } of leases) {
      expect((await lease.inspect()).status).toBe('absent');
      expect(await lease.may(session)).toBe(false);
    }
    expect(await bystander.may(before.session)).toBe(false);
    bench.front.aheadMs += 3000;
    const fresh = await bystander.mint();
    expect(await bystander.may(fresh.session, MINUTE)).toBe(true);
    expect(await elsewhere.may(there.session)).toBe(true);
    expect(await theirs.may(others.session)).toBe(true);
  });

  it('is tried again where others have left no room', async () => {
    policiesOf().set(
      'theirs',
      JSON.stringify({ Statement: 'x'.repeat(10_200) }),
    );
    const lease = await granted();
    await lease.mint();
    expect(await failureOf(lease.revoke())).toMatchObject({
      class: 'retryable',
      message: expect.stringContaining('10,240'),
    });
    expect((await lease.inspect()).status).toBe('present');
    policiesOf().delete('theirs');
    await lease.revoke();
    expect((await lease.inspect()).status).toBe('absent');
  });
});

describe('what cannot be', () => {
  it.each([
    ['a role that is not there', { role: 'gone' }, 'There is no role'],
    [
      'one that lets nobody in',
      { role: 'nobody' },
      'sts:TagSession, sts:SetSourceIdentity',
    ],
    [
      'one of another path',
      { role: 'team/invoices-reader' },
      'There is no role',
    ],
    [
      'sessions longer than the role allows',
      { params: { keysFor: 4 * 3600 } },
      'raise the role',
    ],
  ])(
    '%s is refused before the grant, with what to do',
    async (_what, options, words) => {
      const lease = createLease(bench, options);
      expect((await lease.plan()).refusal).toContain(words);
      expect(await failureOf(lease.grant())).toMatchObject({
        class: 'misconfigured',
        message: expect.stringContaining(words),
      });
    },
  );

  it.each([
    ['AccessDenied', 'does not let connection'],
    ['PackedPolicyTooLarge', 'make the session policy of the profile shorter'],
    ['MalformedPolicyDocument', 'correct sessionPolicy'],
    ['RegionDisabledException', 'activate it there'],
    ['ValidationError', 'STS does not take the request'],
  ])('%s of STS says what to do', async (code, words) => {
    const lease = await granted();
    bench.front.intercept = params =>
      params.get('Action') === 'AssumeRole'
        ? Promise.resolve(refusal(400, code))
        : undefined;
    const error = await failureOf(lease.mint());
    expect(error.class).toBe('misconfigured');
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('secret-of-aws');
  });

  it('a role that was deleted during the lease is called that', async () => {
    const lease = await granted();
    bench.front.intercept = params => {
      const answers: Record<string, ReturnType<typeof refusal>> = {
        // The same answer as for a trust policy that does not let us in.
        AssumeRole: refusal(403, 'AccessDenied'),
        GetRole: refusal(404, 'NoSuchEntity'),
      };
      const answer = answers[params.get('Action')!];
      return answer && Promise.resolve(answer);
    };
    expect((await failureOf(lease.mint())).message).toContain('was deleted');
  });

  it('more than an hour from a role of our own is an hour', async () => {
    const lease = createLease(bench, { expiresAt: bench.front.now + 4 * HOUR });
    await lease.grant();
    const long = createLease(bench, {
      params: { keysFor: 2 * 3600 },
      expiresAt: bench.front.now + 4 * HOUR,
    });
    bench.front.intercept = (params, forward) => {
      if (params.get('Action') === 'GetRole') {
        return forward().then(answer => ({
          ...answer,
          body: answer.body.replace(
            '</Role>',
            '<MaxSessionDuration>43200</MaxSessionDuration></Role>',
          ),
        }));
      }
      return Number(params.get('DurationSeconds')) > 3600
        ? Promise.resolve(refusal(400, 'ValidationError'))
        : undefined;
    };
    await long.grant();
    const { session } = await long.mint();
    expect(session.params.get('DurationSeconds')).toBe('3600');
  });

  it('credentials of another account are refused', async () => {
    const lease = createLease(bench, {
      connection: { accountId: '999999999999', ceiling: { roles: [] } },
    });
    const { connection, mark, signal, deadline, logger } = lease.context();
    const ctx = { connection, mark, signal, deadline, logger };
    expect(await failureOf(bench.provider.identity(ctx))).toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining(
        'of account 123456789012, not 999999999999',
      ),
    });
  });

  it('is named one by one by health', async () => {
    const { front, provider } = bench;
    const lease = createLease(bench, {
      connection: {
        ceiling: {
          roles: [
            front.roleArn('invoices-*'),
            front.roleArn('gone'),
            front.roleArn('nobody'),
          ],
        },
      },
    });
    const { connection, mark, signal, deadline, logger } = lease.context();
    const look = () =>
      provider.health({ connection, mark, signal, deadline, logger });
    const { ok, message } = await look();
    expect(ok).toBe(false);
    expect(message!.split('\n')).toEqual([
      expect.stringContaining("no role 'arn:aws:iam::123456789012:role/gone'"),
      expect.stringContaining('role/nobody'),
    ]);
    front.intercept = params =>
      params.get('Action') === 'ListRolePolicies'
        ? Promise.resolve(refusal(403, 'AccessDenied'))
        : undefined;
    expect((await look()).message).toContain('needs iam:ListRolePolicies');
  });
});
