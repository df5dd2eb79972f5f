import assert from 'node:assert/strict';
import { needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ConformanceEnv } from '../ConformanceEnv';
import { ThingDriver } from '../ThingDriver';
import { crashEverywhere } from './everywhere';

/** A lease in use: nobody must stay in the copy of it. */
async function inUse(env: ConformanceEnv) {
  const lease = await env.granted();
  const credentials = await lease.mintIfAny();
  const session = await lease.openSession(credentials);
  assert.ok(await session.alive(), 'A session does not work');
  return { lease, credentials, session };
}

async function assertClosed(
  { lease, credentials, session }: Awaited<ReturnType<typeof inUse>>,
  when: string,
): Promise<void> {
  assert.ok(!(await session.alive()), `A session outlived it ${when}`);
  assert.ok(!(await lease.works(credentials)), `Somebody gets in ${when}`);
  await lease.assertPresent(when);
}

async function assertEnds(lease: ThingDriver, when: string): Promise<void> {
  await lease.end();
  await lease.assertGone(`${when} and revoke`);
}

const applies = needs({ abilities: ['access', 'sessions'], method: 'keep' });

export const keepCases: ConformanceCase[] = [
  {
    name: 'a last copy stays, lets nobody in, and is gone after revoke',
    applies,
    async run(env) {
      const used = await inUse(env);
      const answers = await used.lease.keep();
      assert.notEqual(answers.at(-1)!.kept, false, 'It says that none is kept');
      await assertClosed(used, 'after it was kept');
      await used.lease.keep({ withoutHandle: true });
      await assertClosed(used, 'after it was kept twice');
      await used.session.close();
      await assertEnds(used.lease, 'after it was kept twice');
      const [answer] = await used.lease.keep();
      assert.equal(answer.kept, false, 'It keeps what is gone');
      await used.lease.assertGone('after it was kept when it was gone');
    },
  },
  {
    name: 'a last copy that crashed anywhere can be made again',
    applies,
    async run(env) {
      await crashEverywhere(env, {
        prepare: () => inUse(env),
        operate: ({ lease }) => lease.keep(),
        async converge(used, when) {
          await used.lease.keep();
          await assertClosed(used, when);
          await used.session.close();
          await assertEnds(used.lease, when);
        },
      });
    },
  },
];
