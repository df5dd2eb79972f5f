import { ThingActivity } from '@backstage-jit/plugin-jit-node';
import assert from 'node:assert/strict';
import { needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ability, refusal } from './expectations';

/** Whether two looks, one after the other, say that the thing was used in between. */
function showsUse(before: ThingActivity, after: ThingActivity): boolean {
  return (
    before.counter !== after.counter ||
    (after.idleForMs !== undefined &&
      (before.idleForMs === undefined || after.idleForMs < before.idleForMs))
  );
}

export const activityCases: ConformanceCase[] = [
  {
    name: 'use is seen, and looking is no use',
    applies: needs({ method: 'listActivity' }),
    async run(env) {
      const used = await env.thing();
      const unused = await env.thing();
      await used.grant();
      await unused.grant();
      await env.wait(20);
      const before = await used.activity();
      const beside = await unused.activity();
      await env.wait(20);
      const session = await used.use();
      const after = await used.activity();
      assert.ok(showsUse(before, after), 'Use was not seen');

      await env.wait(20);
      await used.inspect();
      await unused.inspect();
      await env.listActivity();
      assert.ok(
        !showsUse(after, await used.activity()),
        'A look counted as use',
      );
      assert.ok(
        !showsUse(beside, await unused.activity()),
        'What was not used counts as used',
      );
      await session.close();
      await used.end();
      await unused.end();
      const { externalName } = used.thing;
      assert.ok(
        !(await env.listActivity()).some(
          each => each.externalName === externalName,
        ),
        'What is gone is still listed',
      );
    },
  },
  {
    name: 'a list of activity that breaks off throws',
    applies: needs({ abilities: ['brokenList'], method: 'listActivity' }),
    async run(env) {
      const brokenList = ability(env.harness.brokenList);
      const leases = [await env.thing(), await env.thing(), await env.thing()];
      for (const lease of leases) {
        await lease.grant();
      }
      await brokenList.begin();
      await refusal('A list that breaks off', env.listActivity());
      await brokenList.end();
      for (const lease of leases) {
        await lease.end();
      }
    },
  },
];
