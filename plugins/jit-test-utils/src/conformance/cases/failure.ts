import { JitProvider } from '@backstage-jit/plugin-jit-node';
import assert from 'node:assert/strict';
import { always, needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ConformanceEnv } from '../ConformanceEnv';
import { ThingDriver } from '../ThingDriver';
import { ability, assertClassified, refusal } from './expectations';

/** Every operation that must not succeed while the system cannot be asked. */
function operations(
  env: ConformanceEnv,
  lease: ThingDriver,
  fresh: ThingDriver,
): Map<string, () => Promise<unknown>> {
  const all = new Map<string, () => Promise<unknown>>([
    ['grant', () => fresh.grant()],
    ['inspect', () => lease.inspect()],
    ['inspect of nothing', () => fresh.inspect()],
    ['revoke', () => lease.revoke()],
  ]);
  if (!env.harness.identityInConfig) {
    all.set('identity', () => env.identity());
  }
  if (env.provider.issueCredentials) {
    all.set('issueCredentials', () => lease.mint());
  }
  if (env.provider.extend) {
    all.set('extend', () => lease.extend());
  }
  if (env.provider.listOwned) {
    all.set('listOwned', () => env.listOwned());
  }
  if (env.provider.listPresent) {
    all.set('listPresent', () => env.listPresent([lease]));
  }
  return all;
}

function canList({ listOwned, listPresent }: JitProvider): boolean {
  return Boolean(listOwned ?? listPresent);
}

async function assertUnharmed(
  env: ConformanceEnv,
  options: { lease: ThingDriver; fresh: ThingDriver; when: string },
): Promise<void> {
  const { lease, fresh, when } = options;
  await lease.assertPresent(when);
  if (env.harness.make) {
    // It was there before the grant failed.
    await fresh.end();
  }
  await fresh.assertGone(when);
  await lease.end();
  await lease.assertGone(`${when} and revoke`);
}

export const failureCases: ConformanceCase[] = [
  {
    name: 'a system that is away is a connection failure, never absent',
    applies: always,
    async run(env) {
      const lease = await env.thing();
      const fresh = await env.thing();
      await lease.grant();
      await env.harness.outage.begin();
      for (const [name, run] of operations(env, lease, fresh)) {
        await assertClassified(name, run(), 'connection');
      }
      await env.harness.outage.end();
      await assertUnharmed(env, {
        lease,
        fresh,
        when: 'after the system was away',
      });
    },
  },
  {
    name: 'rights that are missing are an error for people, never absent',
    applies: needs({ abilities: ['rights'] }),
    async run(env) {
      const rights = ability(env.harness.rights);
      const lease = await env.thing();
      const fresh = await env.thing();
      await lease.grant();
      await rights.begin();
      for (const [name, run] of operations(env, lease, fresh)) {
        // An account that may do nothing may still be told whom it talks to.
        if (name !== 'identity') {
          await assertClassified(name, run(), 'misconfigured', 'connection');
        }
      }
      if (env.provider.health) {
        const health = await env.provider
          .health(env.connectionContext())
          .catch(error => {
            env.record.addError('health', error);
            return { ok: false };
          });
        assert.equal(health.ok, false, 'Healthy without rights');
      }
      await rights.end();
      await assertUnharmed(env, {
        lease,
        fresh,
        when: 'after rights were missing',
      });
    },
  },
  {
    name: 'too many requests says when to come back',
    applies: needs({ abilities: ['rateLimit'] }),
    async run(env) {
      const rateLimit = ability(env.harness.rateLimit);
      const lease = await env.thing();
      const fresh = await env.thing();
      await lease.grant();
      await rateLimit.begin({ retryAfterMs: 3000 });
      for (const [name, run] of operations(env, lease, fresh)) {
        const error = await assertClassified(name, run(), 'rate-limited');
        const { retryAfterMs } = error;
        assert.ok(
          retryAfterMs !== undefined &&
            retryAfterMs > 0 &&
            retryAfterMs <= 4000,
          `${name} asks to come back in ${retryAfterMs} ms, expected 3000`,
        );
      }
      await rateLimit.end();
      await assertUnharmed(env, {
        lease,
        fresh,
        when: 'after too many requests',
      });
    },
  },
  {
    name: 'another system behind the connection has another identity',
    applies: needs({ abilities: ['secondSystem'] }),
    async run(env) {
      const second = ability(env.harness.secondSystem).connection();
      const identity = await env.identity();
      assert.ok(identity.length > 0, 'The identity is empty');
      assert.equal(await env.identity(), identity, 'It changes by itself');
      env.restartProvider();
      assert.equal(await env.identity(), identity, 'It changes at a restart');
      assert.notEqual(await env.identity({ connection: second }), identity);
    },
  },
  {
    name: 'a connection that works is healthy',
    applies: needs({ method: 'health' }),
    async run(env) {
      const health = await env.call('health', () =>
        env.provider.health!(env.connectionContext()),
      );
      assert.ok(health.ok, `Not healthy: ${health.message}`);
    },
  },
  {
    name: 'a list that breaks off throws',
    applies: subject =>
      canList(subject.provider)
        ? needs({ abilities: ['brokenList'] })(subject)
        : { because: 'the provider has no list' },
    async run(env) {
      const brokenList = ability(env.harness.brokenList);
      const leases = [await env.thing(), await env.thing(), await env.thing()];
      for (const lease of leases) {
        await lease.grant();
      }
      await brokenList.begin();
      await refusal(
        'A list that breaks off',
        env.provider.listOwned ? env.listOwned() : env.listPresent(leases),
      );
      await brokenList.end();
      for (const lease of leases) {
        await lease.end();
      }
    },
  },
];
