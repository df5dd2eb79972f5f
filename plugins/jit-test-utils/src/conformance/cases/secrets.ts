import assert from 'node:assert/strict';
import { always } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { Ability, isApplicable, Toggle } from '../ConformanceHarness';

export const secretCases: ConformanceCase[] = [
  {
    // The last one: it looks through what the cases before let out, too.
    name: 'no secret is in an answer, an error, a handle or the log',
    applies: always,
    async run(env) {
      const { harness, provider, record } = env;
      const lease = await env.thing();
      const tryAll = async () => {
        await lease.grant().catch(() => {});
        await lease.inspect().catch(() => {});
        await lease.mintIfAny().catch(() => {});
        if (provider.extend) {
          await lease.extend().catch(() => {});
        }
        await env.identity().catch(() => {});
        if (provider.listOwned) {
          await env.listOwned().catch(() => {});
        }
        if (provider.listPresent) {
          await env.listPresent([lease]).catch(() => {});
        }
        if (provider.health) {
          await env
            .call('health', () => provider.health!(env.connectionContext()))
            .catch(() => {});
        }
        await lease.revoke().catch(() => {});
      };
      await tryAll();
      const toggles: Array<Ability<Toggle>> = [harness.outage, harness.rights];
      for (const toggle of toggles) {
        if (isApplicable(toggle)) {
          await lease.grant();
          await toggle.begin();
          await tryAll();
          await toggle.end();
        }
      }
      // Each exchange loses its answer once, in each operation.
      for (let exchanges = 1; exchanges <= 8; exchanges++) {
        await lease.grant();
        for (const run of [
          () => lease.mintIfAny(),
          () => lease.inspect(),
          () => lease.revoke(),
          () => lease.grant(),
        ]) {
          harness.transport.crashAfter(exchanges);
          await run().catch(() => {});
          await harness.transport.restore();
          env.restartProvider();
        }
      }
      await lease.end();
      assert.ok(record.secretCount > 0, 'There was no secret to look for');
      assert.deepEqual(record.leaks(), [], 'Secrets came out');
    },
  },
];
