import assert from 'node:assert/strict';
import { needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ConformanceEnv } from '../ConformanceEnv';
import { ThingDriver } from '../ThingDriver';

async function assertListed(
  env: ConformanceEnv,
  expected: ThingDriver[],
  there: ThingDriver[],
  when: string,
): Promise<void> {
  const nameOf = ({ thing }: ThingDriver) => thing.externalName;
  assert.deepEqual(
    (await env.listPresent(expected)).sort(),
    there.map(nameOf).sort(),
    `What is listed ${when}`,
  );
}

export const presentCases: ConformanceCase[] = [
  {
    name: 'lists which of the expected are there, and no others',
    applies: needs({ method: 'listPresent' }),
    async run(env) {
      const [first, second, other] = [
        await env.thing(),
        await env.thing(),
        await env.thing(),
      ];
      for (const lease of [first, second, other]) {
        await lease.grant();
      }
      const never = await env.thing();
      const expected = [first, second, never];
      await assertListed(env, expected, [first, second], 'after two grants');
      await assertListed(env, [], [], 'when nothing is expected');

      await second.end();
      await assertListed(env, expected, [first], 'after the end of one');
      for (const lease of [first, other]) {
        await lease.end();
      }
      await assertListed(env, expected, [], 'after the end of all');
    },
  },
  {
    name: 'a list of what is there costs no request a lease',
    applies: needs({ method: 'listPresent' }),
    async run(env) {
      const { transport } = env.harness;
      const leases = [await env.thing(), await env.thing(), await env.thing()];
      for (const lease of leases) {
        await lease.grant();
      }
      const requestsFor = async (expected: ThingDriver[]) => {
        await transport.restore();
        await env.listPresent(expected);
        return transport.sent();
      };
      const forOne = await requestsFor(leases.slice(0, 1));
      assert.equal(await requestsFor(leases), forOne);
      for (const lease of leases) {
        await lease.end();
      }
    },
  },
];
