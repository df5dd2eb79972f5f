import assert from 'node:assert/strict';
import { needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ability } from './expectations';

export const sharedCases: ConformanceCase[] = [
  {
    name: 'leases of one subject share an entitlement, of two they do not',
    applies: needs({ shared: true }),
    async run(env) {
      const one = await env.thing();
      const same = await one.sibling();
      const other = await env.thing();
      const keyOf = ({ thing }: typeof one) =>
        env.provider.entitlementKey!({
          lease: thing.lease,
          params: thing.params,
        });
      assert.equal(keyOf(one), keyOf(one), 'The key changes by itself');
      assert.equal(keyOf(same), keyOf(one));
      assert.notEqual(keyOf(other), keyOf(one));
    },
  },
  {
    name: 'the end of one lease against the start of another leaves what is asked for',
    applies: needs({ shared: true }),
    async run(env) {
      const first = await env.granted();
      const once = await first.remains();

      // The second begins: nothing is made twice, and with the first gone the last one takes the thing away.
      const second = await first.sibling();
      await second.grant();
      assert.deepEqual(await second.remains(), once, 'It was made twice');
      assert.ok(await second.works());
      await second.end();
      await first.assertGone('after the last lease ended');

      // It begins when the thing was just taken away: it is there again.
      const third = await second.sibling();
      await third.grant();
      await third.assertPresent('after a start that follows an end');
      assert.ok(await third.works());

      // Without a handle, by a lease that did not make it.
      const fourth = await third.sibling();
      await fourth.end({ withoutHandle: true });
      await third.assertGone('after the end of a lease that did not make it');
    },
  },
  {
    name: 'standing access is seen before a grant',
    applies: needs({ abilities: ['standing'], shared: true }),
    async run(env) {
      const standing = ability(env.harness.standing);
      const lease = await env.thing();
      assert.equal((await lease.inspect()).status, 'absent');
      await standing.give(lease.thing);
      assert.equal((await lease.inspect()).status, 'present');
      await lease.grant();
      assert.ok(await standing.held(lease.thing), 'The grant took it away');
    },
  },
  {
    name: 'standing access is left by revoke',
    applies: subject => {
      const { standing } = subject.harness;
      return 'distinguishable' in standing && !standing.distinguishable
        ? { because: 'the system cannot tell it from what a lease gave' }
        : needs({ abilities: ['standing'], shared: true })(subject);
    },
    async run(env) {
      const standing = ability(env.harness.standing);
      const lease = await env.thing();
      await standing.give(lease.thing);
      await lease.revoke();
      assert.ok(await standing.held(lease.thing), 'Revoke took it away');
      await lease.grant();
      await lease.revoke();
      assert.ok(
        await standing.held(lease.thing),
        'Grant and revoke took it away',
      );
    },
  },
];
