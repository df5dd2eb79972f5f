import {
  inTurns,
  ProviderLife,
  Storm,
  StormFaults,
} from '@backstage-jit/plugin-jit-test-utils';
import {
  AwsFront,
  AwsPeer,
  AwsSession,
  keysOf,
  LONGEST_OF_A_ROLE,
  refusal,
} from '@backstage-jit/plugin-jit-test-peers';
import { startAwsLife } from './__testUtils__/startAwsLife';

jest.setTimeout(1_800_000);

const CONCURRENCY = 16;
const MINUTE = 60_000;
const PEOPLE = Array.from({ length: 1_000 }, (_, index) => `person-${index}`);
const ROLES = ['invoices-reader', 'invoices-writer'];
const CHANGES = ['AssumeRole', 'PutRolePolicy', 'DeleteRolePolicy'];
/** Who we are, and keys that somebody waits for. */
const BESIDE = ['GetCallerIdentity', 'AssumeRole'];

const faults = new StormFaults({ seed: 4, inARow: CONCURRENCY });
let peer: AwsPeer;
let front: AwsFront;
let life: ProviderLife;

beforeAll(async () => {
  peer = await AwsPeer.start();
  front = await AwsFront.start({ upstream: () => peer.url });
  life = await startAwsLife({
    front,
    concurrency: CONCURRENCY,
    longestPauseMs: 1_000,
    people: PEOPLE,
  });
  front.intercept = (params, forward) => {
    const action = params.get('Action')!;
    return faults.answer({
      changes: CHANGES.includes(action),
      beside: BESIDE.includes(action),
      forward,
      refused: () => refusal(400, 'Throttling'),
      failed: () => refusal(500, 'InternalFailure'),
    });
  };
});

afterAll(async () => {
  await front?.stop();
  await peer?.stop();
});

describe('a thousand leases with a throttle in ten and a failure after success in fifty', () => {
  it('all get keys, all keys of ended ones are dead, no limit is exceeded, and each role is as before in the end', async () => {
    const storm = Storm.create({ life, faults, concurrency: CONCURRENCY });
    const leases = await storm.grantAll(PEOPLE, index =>
      index % 2 ? 'writer' : 'reader',
    );
    const mint = async (index: number) =>
      front.sessions.get(
        keysOf(await storm.credentials(leases[index])).AccessKeyId,
      )!;
    const sessions = await inTurns(leases, (_, index) => mint(index));
    // None doubled: what was made in vain has the same name.
    const names = new Set([...front.sessions.values()].map(({ name }) => name));
    expect(names.size).toBe(PEOPLE.length);
    expect(new Set(sessions.map(({ name }) => name))).toEqual(names);

    // The last hundred stay. By AWS's clock the minting of keys is long over.
    front.aheadMs = MINUTE;
    await storm.endAll(leases.slice(0, -100));
    const may = (session: AwsSession) =>
      session.may({
        inline: front.policies.of(session.roleArn.split('/').at(-1)!),
        at: front.now + 3 * MINUTE,
      });
    const ended = new Set(sessions.slice(0, -100).map(({ name }) => name));
    const dead = [...front.sessions.values()].filter(({ name }) =>
      ended.has(name),
    );
    expect(dead.length).toBeGreaterThanOrEqual(ended.size);
    for (const session of dead) {
      expect(await may(session)).toBe(false);
    }
    expect(front.policies.longest).toBeLessThanOrEqual(LONGEST_OF_A_ROLE);

    // Who has to, gets fresh keys.
    front.aheadMs = 2 * MINUTE;
    for (const { index } of leases.slice(-100)) {
      expect(await may(await mint(index))).toBe(true);
    }
    storm.assertWithinLimits();

    front.intercept = undefined;
    front.aheadMs = 120 * MINUTE;
    await life.tidy();
    for (const role of ROLES) {
      expect([...front.policies.of(role)]).toEqual([]);
    }
  });
});
