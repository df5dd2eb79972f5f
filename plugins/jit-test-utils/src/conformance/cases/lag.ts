import assert from 'node:assert/strict';
import { needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ability } from './expectations';

export const lagCases: ConformanceCase[] = [
  {
    name: 'looks that lag do not hinder a grant',
    applies: needs({ abilities: ['lag'] }),
    async run(env) {
      const lag = ability(env.harness.lag);
      const lease = await env.thing();
      await lag.begin();
      await lease.grant();
      const once = await lease.remains();
      await lease.grant({ withoutHandle: true });
      assert.deepEqual(await lease.remains(), once, 'It was made twice');
      await lag.end();
      await env.settle();
      await lease.assertPresent('when looks have caught up');
      await lease.end();
      await lease.assertGone('after revoke');
    },
  },
  {
    name: 'looks that lag do not hinder a revoke',
    applies: needs({ abilities: ['lag'] }),
    async run(env) {
      const lag = ability(env.harness.lag);
      const lease = await env.thing();
      // As it will still look when the lease ends: not there yet.
      await lag.begin();
      await lease.grant();
      await lease.revoke();
      assert.deepEqual(
        await lease.remains(),
        [],
        'Revoke trusted a look that lags, and left the thing there',
      );
      await lag.end();
      await env.settle();
      await lease.assertGone('when looks have caught up');
    },
  },
  {
    name: 'what looks present for a while after revoke becomes absent',
    applies: needs({ abilities: ['lag'] }),
    async run(env) {
      const lag = ability(env.harness.lag);
      const lease = await env.granted();
      await lag.begin();
      await lease.revoke();
      await lag.end();
      await lease.end();
      await lease.assertGone('when looks have caught up');
    },
  },
  {
    name: 'looks that lag do not let a new grant pass for made',
    applies: subject =>
      subject.provider.intendCredentials
        ? {
            because:
              'credentials that live on stay refused, and a lease that is over is never granted again',
          }
        : needs({ abilities: ['lag'] })(subject),
    async run(env) {
      const lag = ability(env.harness.lag);
      const lease = await env.granted();
      // As it will still look when it is granted anew: there.
      await lag.begin();
      await lease.revoke();
      await lease.grant();
      assert.notDeepEqual(await lease.remains(), [], 'It was not made again');
      await lag.end();
      await env.settle();
      await lease.assertPresent('after a new grant');
      await lease.end();
      await lease.assertGone('after revoke');
    },
  },
];
