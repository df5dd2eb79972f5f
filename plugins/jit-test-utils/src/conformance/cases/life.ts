import assert from 'node:assert/strict';
import { always, needs, withoutHandle } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';

export const lifeCases: ConformanceCase[] = [
  {
    name: 'grants, is seen, works, and is gone after revoke',
    applies: always,
    async run(env) {
      const lease = await env.thing();
      assert.equal((await lease.inspect()).status, 'absent', 'before a grant');
      await lease.grant();
      await lease.assertPresent('after a grant');
      const credentials = await lease.mintIfAny();
      assert.ok(await lease.works(credentials), 'The access does not work');
      await lease.revoke();
      await env.settle();
      if ((await lease.inspect()).aliveUntil !== undefined) {
        await lease.end();
      }
      await lease.assertGone('after revoke');
      assert.ok(
        !env.provider.issueCredentials || !(await lease.works(credentials)),
        'The access works after revoke',
      );
    },
  },
  {
    name: 'granting twice is granting once',
    applies: always,
    async run(env) {
      for (const isForgotten of [false, true]) {
        const lease = await env.granted();
        const once = await lease.remains();
        await lease.grant({ withoutHandle: isForgotten });
        assert.deepEqual(
          await lease.remains(),
          once,
          `The second grant changed something, ${
            isForgotten ? 'without' : 'with'
          } a handle`,
        );
        assert.ok(await lease.works(await lease.mintIfAny()));
        await lease.end();
        await lease.assertGone('after one revoke of two grants');
      }
    },
  },
  {
    name: 'revoking twice is a success',
    applies: always,
    async run(env) {
      const isKnown = withoutHandle(env) !== true;
      for (const isForgotten of isKnown ? [false] : [false, true]) {
        const lease = await env.granted();
        await lease.revoke({ withoutHandle: isForgotten });
        await lease.revoke({ withoutHandle: isForgotten });
        await env.settle();
        await lease.assertGone('after two revokes');
      }
    },
  },
  {
    name: 'revoking what never existed is a success',
    applies: always,
    async run(env) {
      const lease = await env.thing();
      await lease.revoke();
      await lease.assertGone('after a revoke without a grant');
    },
  },
  {
    name: 'inspects and revokes without a handle',
    applies: withoutHandle,
    async run(env) {
      const lease = await env.granted();
      assert.equal(
        (await lease.inspect({ withoutHandle: true })).status,
        'present',
      );
      await lease.end({ withoutHandle: true });
      assert.equal(
        (await lease.inspect({ withoutHandle: true })).status,
        'absent',
      );
      await lease.assertGone('after a revoke without a handle');
    },
  },
  {
    name: 'grants only what was asked for',
    applies: always,
    async run(env) {
      const lease = await env.thing();
      const bystander = await env.granted();
      const before = await bystander.remains();
      await lease.grant();
      await lease.end();
      assert.deepEqual(await bystander.remains(), before);
      await bystander.assertPresent('after another lease was revoked');
      await bystander.end();
    },
  },
  {
    name: 'keeps small JSON handles with a version',
    applies: always,
    async run(env) {
      const lease = await env.thing();
      const answers = [...(await lease.grant()), ...(await lease.revoke())];
      await env.settle();
      for (const { handle } of answers) {
        if (handle === undefined) {
          continue;
        }
        const text = JSON.stringify(handle);
        assert.deepEqual(JSON.parse(text), handle, 'JSON loses a part of it');
        assert.equal(typeof handle.v, 'number', 'A handle has no version');
        assert.ok(
          text.length < 4000,
          'A handle is longer than 4000 characters',
        );
      }
    },
  },
  {
    name: 'a plan changes nothing outside',
    applies: needs({ method: 'plan' }),
    async run(env) {
      const lease = await env.thing();
      const plan = await env.call('plan', () =>
        env.provider.plan!(lease.context()),
      );
      assert.notDeepEqual(plan.lines, [], 'The plan is empty');
      assert.equal(plan.refusal, undefined);
      await lease.assertGone('after a plan');
    },
  },
  {
    name: 'nothing happens that should not with a hostile subject',
    applies: needs({ shared: false }),
    async run(env) {
      const hostile = [
        `user:default/o'brien"; drop table "leases"; --`,
        `user:default/\${{ x }}$(id)\`id\`/../../%00\\`,
        `user:default/${'ü名'.repeat(100)}`,
      ];
      const bystander = await env.granted();
      const before = await bystander.remains();
      for (const subject of hostile) {
        const lease = await env.granted({
          lease: { subject, requester: subject, entityRef: subject },
        });
        await lease.assertPresent('for a hostile subject');
        await lease.end();
        await lease.assertGone('after revoke for a hostile subject');
      }
      assert.deepEqual(await bystander.remains(), before);
      await bystander.end();
    },
  },
];
