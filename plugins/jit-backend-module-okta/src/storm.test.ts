import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { createLeaseContext } from '@backstage-jit/plugin-jit-test-utils';
import { connectionTo, emailOf } from './__testUtils__/createGroupHarness';
import { OktaFront } from './__testUtils__/OktaFront';
import { OktaOrg } from './__testUtils__/OktaOrg';
import { OktaPeer } from './__testUtils__/OktaPeer';
import { OktaGroupProvider } from './provider/OktaGroupProvider';
import { MembershipHandle } from './provider/types';

jest.setTimeout(180_000);

const LEASES = 1_000;
const AT_ONCE = 16;
const GROUP = 'orders-writers';

/** The same faults in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const front = new OktaFront();
const counts = { tooMany: 0, failedAfterSuccess: 0, attempts: 0, waits: 0 };
let peer: OktaPeer;

beforeAll(async () => {
  peer = await OktaPeer.start();
}, 60_000);

afterAll(async () => {
  await peer?.stop();
});

/** Every tenth request is one too many; every fiftieth write takes effect and says that it failed. */
function breakThings(random: () => number): void {
  front.intercept = ({ method }, forward) => {
    if (random() < 0.1) {
      counts.tooMany += 1;
      return Promise.resolve(
        Response.json(
          { errorCode: 'E0000047' },
          { status: 429, headers: { 'retry-after': '1' } },
        ),
      );
    }
    if (method !== 'GET' && random() < 0.02) {
      counts.failedAfterSuccess += 1;
      return forward().then(() => Response.json({}, { status: 500 }));
    }
    return undefined;
  };
}

/** Drives one operation to its end as the engine does: a 429 costs no attempt, what is not known is tried again. */
async function insist(
  step: () => Promise<Progress<MembershipHandle>>,
  onHandle: (handle: MembershipHandle | undefined) => void = () => {},
): Promise<void> {
  for (;;) {
    try {
      const { done, handle } = await step();
      onHandle(handle);
      if (done) {
        return;
      }
    } catch (error) {
      if (!JitProviderError.is(error)) {
        throw error;
      }
      switch (error.class) {
        case 'rate-limited':
          expect(error.retryAfterMs).toBe(1_000);
          counts.waits += 1;
          break;
        case 'unknown-outcome':
          counts.attempts += 1;
          break;
        default:
          throw error;
      }
    }
  }
}

describe('a thousand leases with a 429 in ten and a failure after success in fifty', () => {
  it('are all granted once, on two orgs, and all gone, and standing members stay', async () => {
    const provider = OktaGroupProvider.create({ fetch: front.fetch });
    const orgs = [peer.org, peer.other];
    const groups = new Map<OktaOrg, string>();
    const standing = 'standing@example.com';
    for (const org of orgs) {
      const groupId = await org.groupId(GROUP);
      groups.set(org, groupId);
      await org.add(groupId, await org.createUser(standing));
    }
    breakThings(seeded(4));

    const grantOne = async (index: number) => {
      const org = orgs[index % 2];
      const subject = `user:default/storm-${index}`;
      await org.createUser(emailOf(subject));
      let handle: MembershipHandle | undefined;
      const context = () =>
        createLeaseContext({
          connection: connectionTo(org),
          params: { group: GROUP },
          lease: {
            id: `lease-${index}`,
            subject,
            subjectProfile: { email: emailOf(subject) },
          },
          handle,
        });
      await insist(
        () => provider.grant(context()),
        committed => {
          handle = committed;
        },
      );
      return () => insist(() => provider.revoke(context()));
    };
    const inTurns = async <T>(
      count: number,
      work: (index: number) => Promise<T>,
    ) => {
      const results: T[] = [];
      let next = 0;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (next < count) {
            const index = next;
            next += 1;
            results.push(await work(index));
          }
        }),
      );
      return results;
    };

    const ends = await inTurns(LEASES, grantOne);
    for (const org of orgs) {
      const members = await org.members(groups.get(org)!);
      expect(new Set(members).size).toBe(LEASES / 2 + 1);
      expect(members).toHaveLength(LEASES / 2 + 1);
    }
    await inTurns(LEASES, index => ends[index]());
    for (const org of orgs) {
      expect(await org.members(groups.get(org)!)).toEqual([standing]);
    }
    // What is looked up besides, for a remark, may fail without a word; a busy machine may lose an answer by itself.
    expect(counts.waits).toBeGreaterThan(LEASES / 4);
    expect(counts.waits).toBeLessThanOrEqual(counts.tooMany);
    expect(counts.attempts).toBeGreaterThanOrEqual(counts.failedAfterSuccess);
    expect(counts.failedAfterSuccess).toBeGreaterThan(10);
  });
});
