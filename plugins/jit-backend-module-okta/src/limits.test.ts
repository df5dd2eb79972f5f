import { Lease } from '@backstage-jit/plugin-jit-common';
import { OktaFront } from './__testUtils__/OktaFront';
import { OktaLife } from './__testUtils__/OktaLife';
import { OktaPeer } from './__testUtils__/OktaPeer';

jest.setTimeout(180_000);

const CONCURRENCY = 3;
const PEOPLE = Array.from({ length: 8 }, (_, index) => `person-${index}`);
const front = new OktaFront();
let peer: OktaPeer;
let life: OktaLife;
let groupId: string;

beforeAll(async () => {
  peer = await OktaPeer.start();
  const { org } = peer;
  groupId = await org.groupId('orders-writers');
  for (const name of PEOPLE) {
    await org.createUser(`${name}@example.com`);
  }
  life = await OktaLife.start({
    org,
    front,
    concurrency: CONCURRENCY,
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

const inState = (state: Lease['state']) => (lease: Lease) =>
  lease.state === state;

describe('a backend on an org that limits it', () => {
  it('loses and doubles nothing, and keeps to the concurrency of the connection, through a 429 in ten and a failure after success in five', async () => {
    const out = {
      now: 0,
      most: 0,
      requests: 0,
      writes: 0,
      granted: [] as string[],
    };
    front.intercept = ({ method, url }, forward) => {
      // Who the org is, is asked beside the claims.
      if (url.pathname.startsWith('/.well-known/')) {
        return undefined;
      }
      out.requests += 1;
      if (out.requests % 10 === 0) {
        return Promise.resolve(
          Response.json(
            { errorCode: 'E0000047' },
            { status: 429, headers: { 'retry-after': '1' } },
          ),
        );
      }
      out.now += 1;
      out.most = Math.max(out.most, out.now);
      const answer = forward().finally(() => {
        out.now -= 1;
      });
      if (method === 'GET') {
        return answer;
      }
      out.writes += 1;
      return out.writes % 5 === 0
        ? answer.then(() => Response.json({}, { status: 500 }))
        : answer;
    };
    const leases = await Promise.all(
      PEOPLE.map(async name => ({ name, id: await life.ask(name, 'first') })),
    );
    for (const { name, id } of leases) {
      await life.until(name, id, inState('active'));
    }
    expect((await peer.org.members(groupId)).sort()).toEqual(
      PEOPLE.map(name => `${name}@example.com`),
    );
    await Promise.all(leases.map(({ name, id }) => life.end(name, id)));
    for (const { name, id } of leases) {
      await life.until(name, id, inState('revoked'));
    }
    expect(await peer.org.members(groupId)).toEqual([]);
    expect(out.most).toBeGreaterThan(1);
    expect(out.most).toBeLessThanOrEqual(CONCURRENCY);
  });

  it('waits for another token when its own has expired, without an attempt', async () => {
    const [name] = PEOPLE;
    const id = await life.ask(name, 'first');
    await life.until(name, id, inState('active'));
    front.expired = true;
    await life.end(name, id);
    const waiting = await life.until(name, id, ({ lastError }) =>
      Boolean(lastError),
    );
    expect(waiting).toMatchObject({
      state: 'revoking',
      attempts: 0,
      lastError: {
        class: 'connection',
        message:
          "Okta does not accept the credentials of connection 'okta' (401): the token has expired or was revoked. Make another one.",
      },
    });
    front.expired = false;
    await life.until(name, id, inState('revoked'));
    expect(await peer.org.members(groupId)).toEqual([]);
  });

  it('leaves the org alone for ten minutes when it is told to, without an attempt', async () => {
    const [name] = PEOPLE;
    front.tooMany = { retryAfterMs: 600_000 };
    const id = await life.ask(name, 'first');
    const waiting = await life.until(name, id, ({ lastError }) =>
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
    // By the ledger's clock.
    const waits = Date.parse(pausedUntil!) - Date.parse(now);
    expect(waits).toBeGreaterThan(300_000);
    expect(waits).toBeLessThanOrEqual(600_000);
    expect(front.sent).toEqual([]);
  });
});
