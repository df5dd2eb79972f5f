import { ProviderLife } from '@backstage-jit/plugin-jit-test-utils';
import { OktaFront, OktaPeer } from '@backstage-jit/plugin-jit-test-peers';
import { startOktaLife } from './__testUtils__/startOktaLife';

jest.setTimeout(180_000);

const NAME = 'ada';
const EMAIL = `${NAME}@example.com`;
const front = new OktaFront();
let peer: OktaPeer;
let life: ProviderLife;
let groupId: string;

beforeAll(async () => {
  peer = await OktaPeer.start();
  const { org } = peer;
  groupId = await org.groupId('orders-writers');
  await org.createUser(EMAIL);
  life = await startOktaLife({
    org,
    front,
    people: { [NAME]: { email: EMAIL } },
  });
});

afterAll(async () => {
  await peer?.stop();
});

beforeEach(async () => {
  await front.reset();
});

describe('a backend on an org that limits it', () => {
  it('waits for another token when its own has expired, without an attempt', async () => {
    const id = await life.ask(NAME, 'first');
    await life.until(NAME, id, 'active');
    front.expired = true;
    await life.end(NAME, id);
    const waiting = await life.until(NAME, id, ({ lastError }) =>
      Boolean(lastError),
    );
    expect(waiting).toMatchObject({
      state: 'revoking',
      attempts: 0,
      lastError: {
        class: 'connection',
        message:
          "Okta does not accept the credentials of connection 'life' (401): the token has expired or was revoked. Make another one.",
      },
    });
    front.expired = false;
    await life.until(NAME, id, 'revoked');
    expect(await peer.org.members(groupId)).toEqual([]);
  });

  it('leaves the org alone for ten minutes when it is told to, without an attempt', async () => {
    front.tooMany = { retryAfterMs: 600_000 };
    const id = await life.ask(NAME, 'first');
    const waiting = await life.until(NAME, id, ({ lastError }) =>
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
