import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { refusal } from './__testUtils__/answers';
import { AwsSession } from './__testUtils__/AwsSession';
import { createBench } from './__testUtils__/createBench';
import { createLease } from './__testUtils__/createLease';
import { LONGEST_OF_A_ROLE } from './__testUtils__/RolePolicies';

jest.setTimeout(1_800_000);

const LEASES = 1_000;
const AT_ONCE = 16;
const MINUTE = 60_000;
const ROLES = ['invoices-reader', 'invoices-writer'];

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

const CHANGES = ['AssumeRole', 'PutRolePolicy', 'DeleteRolePolicy'];
const bench = createBench();
const counts = { tooMany: 0, failedAfterSuccess: 0, waits: 0, attempts: 0 };

/** Every tenth request is one too many; every fiftieth that changes something does so and says that it failed. */
function breakThings(random: () => number): void {
  bench.front.intercept = (params, forward) => {
    if (random() < 0.1) {
      counts.tooMany += 1;
      return Promise.resolve(refusal(400, 'Throttling'));
    }
    if (CHANGES.includes(params.get('Action')!) && random() < 0.02) {
      counts.failedAfterSuccess += 1;
      return forward().then(() => refusal(500, 'InternalFailure'));
    }
    return undefined;
  };
}

/** Drives one operation to its end as the engine does: a throttle costs no attempt, what is not known is tried again. */
async function insist<T>(step: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!JitProviderError.is(error)) {
        throw error;
      }
      switch (error.class) {
        case 'rate-limited':
          expect(error.retryAfterMs).toBe(5_000);
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

async function inTurns<T>(
  count: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const index = next;
        next += 1;
        results[index] = await work(index);
      }
    }),
  );
  return results;
}

describe('a thousand leases with a throttle in ten and a failure after success in fifty', () => {
  it('all get keys, all keys of ended ones are dead, no role is ever too full, and each is as before in the end', async () => {
    const { front, provider } = bench;
    const replicas = [provider, bench.provider];
    front.stopClock();
    breakThings(seeded(4));
    const leases = await inTurns(LEASES, async index => {
      const lease = createLease(
        { front, provider: replicas[index % 2] },
        { role: ROLES[index % 2], expiresAt: bench.front.now + 45 * MINUTE },
      );
      await insist(() => lease.grant());
      const { session } = await insist(() => lease.mint());
      return { lease, session };
    });
    // None doubled: what was made in vain has the same name.
    const names = new Set([...front.sessions.values()].map(({ name }) => name));
    expect(names.size).toBe(LEASES);
    expect(new Set(leases.map(({ session }) => session.name)).size).toBe(
      LEASES,
    );

    // The last hundred stay; the minting of keys is over.
    front.aheadMs = MINUTE;
    const ended = leases.slice(0, -100);
    await inTurns(ended.length, async index => {
      await insist(() => ended[index].lease.revoke());
      let status = '';
      while (status !== 'absent') {
        ({ status } = await insist(() => ended[index].lease.inspect()));
        if (status === 'present') {
          await insist(() => ended[index].lease.revoke());
        }
      }
    });
    const ours = new Set(ended.map(({ session }) => session.name));
    const dead = [...front.sessions.values()].filter(({ name }) =>
      ours.has(name),
    );
    expect(dead.length).toBeGreaterThanOrEqual(ended.length);
    const may = (session: AwsSession) =>
      session.may({
        inline: front.policies.of(session.roleArn.split('/').at(-1)!),
        at: bench.front.now + 3 * MINUTE,
      });
    for (const session of dead) {
      expect(await may(session)).toBe(false);
    }
    expect(front.policies.longest).toBeLessThanOrEqual(LONGEST_OF_A_ROLE);

    // Who has to, gets fresh keys.
    front.aheadMs = 2 * MINUTE;
    for (const { lease } of leases.slice(-100)) {
      const { session } = await insist(() => lease.mint());
      expect(await may(session)).toBe(true);
    }
    front.aheadMs = 60 * MINUTE;
    for (const role of ROLES) {
      const ctx = createLease(bench, { role }).context();
      await insist(() => provider.tidy(ctx));
      expect([...front.policies.of(role)]).toEqual([]);
    }
    expect(counts.waits).toBe(counts.tooMany);
    expect(counts.attempts).toBe(counts.failedAfterSuccess);
    expect(counts.failedAfterSuccess).toBeGreaterThan(20);
  });
});
