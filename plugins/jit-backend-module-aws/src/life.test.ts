import { Lease } from '@backstage-jit/plugin-jit-common';
import { ProviderLife } from '@backstage-jit/plugin-jit-test-utils';
import {
  AwsFront,
  AwsPeer,
  AwsSession,
  keysOf,
  refusal,
} from '@backstage-jit/plugin-jit-test-peers';
import { HumanDuration } from '@backstage/types';
import { startAwsLife } from './__testUtils__/startAwsLife';
import { SECRET_KEY } from './__testUtils__/testCredentials';

jest.setTimeout(120_000);

const MINUTE = 60_000;
let peer: AwsPeer;
let front: AwsFront;
let life: ProviderLife;

beforeAll(async () => {
  peer = await AwsPeer.start();
  front = await AwsFront.start({ upstream: () => peer.url });
  life = await startAwsLife({ front, people: ['ada', 'bob'] });
});

afterEach(() => front.reset());

afterAll(async () => {
  await front?.stop();
  await peer?.stop();
});

const policies = () => front.policies.of('invoices-reader');
const changes = () => front.sent.filter(action => !/^(Get|List)/.test(action));
/** By IAM's own rules. */
const may = (session: AwsSession, inMs = 0) =>
  session.may({ inline: policies(), at: front.now + inMs });

async function mint(name: string, id: string) {
  const { AccessKeyId } = keysOf(await life.credentials(name, id));
  return front.sessions.get(AccessKeyId)!;
}

/** A lease with keys out. */
async function inUse(
  name: string,
  options: { profile?: string; duration?: HumanDuration } = {},
) {
  const { profile = 'reader', duration } = options;
  const id = await life.ask(name, profile, duration);
  const lease = await life.until(name, id, 'active');
  return { id, lease, session: await mint(name, id) };
}

async function end(name: string, id: string): Promise<Lease> {
  await life.end(name, id);
  return await life.until(name, id, 'revoked');
}

describe('a backend with aws.sts', () => {
  it('says before asking what is made, and until when keys may live', async () => {
    expect(await life.preview('ada', 'reader')).toMatchObject({
      plan: [
        expect.stringContaining('role/invoices-reader'),
        'each for 60 minutes, and never after the lease',
      ],
      residual: expect.stringContaining('heeds an early end within seconds'),
    });
    expect((await life.preview('ada', 'identity-center')).residual).toContain(
      'cannot be ended early',
    );
    expect(front.sessions.size).toBe(0);
  });

  it('ends one of two leases of a person on one role early: its keys are dead, those of the other work on', async () => {
    const first = await inUse('ada');
    const second = await inUse('ada');
    const bystander = await inUse('bob');
    expect(first.session.name).not.toBe(second.session.name);
    expect(await may(first.session)).toBe(true);

    const ended = await end('ada', first.id);
    expect(ended.verifiedAt).toBeDefined();
    expect(await may(first.session)).toBe(false);
    expect(await may(second.session)).toBe(true);
    expect(await may(bystander.session)).toBe(true);
    await expect(life.credentials('ada', first.id)).rejects.toMatchObject({
      statusCode: 409,
    });

    await end('ada', second.id);
    expect(await may(second.session)).toBe(false);
    expect(await may(bystander.session)).toBe(true);
    await end('bob', bystander.id);
    expect(policies().size).toBe(3);
    front.aheadMs = 90 * MINUTE;
    await life.tidy();
    expect(policies().size).toBe(0);
  });

  it('ends keys with the lease when its time is up, and changes nothing in AWS for that', async () => {
    const { id, lease, session } = await inUse('ada', {
      duration: { seconds: 2 },
    });
    const expiresAt = Date.parse(lease.expiresAt!);
    expect(session.end).toBeLessThanOrEqual(expiresAt);
    expect(await life.until('ada', id, 'revoked')).toMatchObject({
      endReason: 'expired',
      verifiedAt: expect.any(String),
    });
    expect(await may(session)).toBe(false);
    expect(changes()).not.toContain('PutRolePolicy');
    expect(JSON.stringify(await life.eventsOf('ada', id))).not.toContain(
      SECRET_KEY,
    );
  });

  it('lasts longer when extended: fresh keys do, those that are out keep their end', async () => {
    const { id, session } = await inUse('ada');
    front.sent.length = 0;
    await life.extend('ada', id, { minutes: 15 });
    expect(front.sent).toEqual([]);
    const fresh = await mint('ada', id);
    expect(fresh.end - session.end).toBe(15 * MINUTE);
    expect(await may(session, 31 * MINUTE)).toBe(false);
    expect(await may(fresh, 31 * MINUTE)).toBe(true);
    await end('ada', id);
    expect(await may(session)).toBe(false);
    expect(await may(fresh)).toBe(false);
  });

  it('ends a lease on a role that cannot be edited when its keys die, and tells until when they live', async () => {
    const { id, session } = await inUse('ada', {
      profile: 'identity-center',
      duration: { seconds: 15 },
    });
    await life.end('ada', id);
    const waiting = await life.until('ada', id, lease =>
      Boolean(lease.aliveUntil),
    );
    expect(waiting).toMatchObject({
      state: 'revoking',
      endReason: 'returned',
      residual: expect.stringContaining('cannot be ended early'),
    });
    expect(Date.parse(waiting.aliveUntil!)).toBe(session.end);
    expect(waiting.verifiedAt).toBeUndefined();
    expect(await may(session)).toBe(true);

    const gone = await life.until('ada', id, 'revoked');
    expect(Date.parse(gone.verifiedAt!)).toBeGreaterThanOrEqual(session.end);
    expect(changes()).not.toContain('PutRolePolicy');
  });
});

describe('what others do in AWS during a lease', () => {
  const answering = (answers: Record<string, ReturnType<typeof refusal>>) => {
    front.intercept = params => {
      const answer = answers[params.get('Action')!];
      return answer && Promise.resolve(answer);
    };
  };

  it('is noticed where it deleted the role: no more keys, and the end finds all of them dead', async () => {
    const { id } = await inUse('ada');
    const gone = refusal(404, 'NoSuchEntity');
    // STS answers as it does for a role that does not let us in.
    answering({
      AssumeRole: refusal(403, 'AccessDenied'),
      GetRole: gone,
      ListRolePolicies: gone,
    });
    await expect(life.credentials('ada', id)).rejects.toMatchObject({
      statusCode: 503,
      body: {
        error: {
          message: expect.stringMatching(/invoices-reader' was deleted/),
        },
      },
    });
    expect((await end('ada', id)).verifiedAt).toBeDefined();
    expect(changes()).not.toContain('PutRolePolicy');
  });

  it('is noticed where the role trusts us no more: no more keys, and those that are out are ended with the lease', async () => {
    const { id, session } = await inUse('ada');
    answering({ AssumeRole: refusal(403, 'AccessDenied') });
    await expect(life.credentials('ada', id)).rejects.toMatchObject({
      body: {
        error: {
          message: expect.stringContaining(
            `Role '${front.roleArn(
              'invoices-reader',
            )}' does not let connection 'life' in any more`,
          ),
        },
      },
    });
    await life.until('ada', id, 'active');
    expect(await may(session)).toBe(true);
    await end('ada', id);
    expect(await may(session)).toBe(false);
  });

  it('does not end a lease where it took the right to edit the role away: it waits, says what is needed, and goes on', async () => {
    const { id, session } = await inUse('ada');
    answering({ PutRolePolicy: refusal(403, 'AccessDenied') });
    await life.end('ada', id);
    const waiting = await life.until('ada', id, ({ lastError }) =>
      Boolean(lastError),
    );
    expect(waiting).toMatchObject({
      state: 'revoking',
      lastError: {
        class: 'misconfigured',
        message: expect.stringContaining('needs iam:PutRolePolicy'),
      },
    });
    expect(await may(session)).toBe(true);
    front.intercept = undefined;
    await life.until('ada', id, 'revoked');
    expect(await may(session)).toBe(false);
  });
});

describe('a backend on an account that limits it', () => {
  it('waits for other credentials when its own have expired, without an attempt', async () => {
    const { id, session } = await inUse('ada');
    front.intercept = () => Promise.resolve(refusal(403, 'ExpiredToken'));
    await life.end('ada', id);
    const waiting = await life.until('ada', id, ({ lastError }) =>
      Boolean(lastError),
    );
    expect(waiting).toMatchObject({
      state: 'revoking',
      attempts: 0,
      lastError: {
        class: 'connection',
        message: expect.stringContaining('(ExpiredToken): they have expired'),
      },
    });
    front.intercept = undefined;
    await life.until('ada', id, 'revoked');
    expect(await may(session)).toBe(false);
  });

  // The last one: the connection stays paused.
  it('leaves AWS alone for ten minutes when it is told to, without an attempt', async () => {
    front.tooMany = { retryAfterMs: 600_000 };
    const id = await life.ask('ada', 'reader');
    const waiting = await life.until('ada', id, ({ lastError }) =>
      Boolean(lastError),
    );
    expect(waiting).toMatchObject({
      state: 'granting',
      attempts: 0,
      stuck: false,
      lastError: { class: 'rate-limited' },
    });
    front.tooMany = undefined;
    front.sent.length = 0;
    const { state, pausedUntil, now } = await life.connection();
    expect(state).toBe('paused');
    const waits = Date.parse(pausedUntil!) - Date.parse(now);
    expect(waits).toBeGreaterThan(300_000);
    expect(waits).toBeLessThanOrEqual(600_000);
    expect(front.sent).toEqual([]);
  });
});
