import { Progress } from '@backstage-jit/plugin-jit-node';
import assert from 'node:assert/strict';
import { always, needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { CrashedError } from '../CrashedError';
import { crashEverywhere } from './everywhere';

export const crashCases: ConformanceCase[] = [
  {
    name: 'a grant that crashed anywhere can be made again',
    applies: always,
    async run(env) {
      await crashEverywhere(env, {
        prepare: () => env.thing(),
        operate: lease => lease.grant(),
        async converge(lease, when) {
          await lease.grant();
          await lease.assertPresent(`${when} and another grant`);
          assert.ok(
            await lease.works(await lease.mintIfAny()),
            `The access does not work ${when} and another grant`,
          );
          await lease.end();
          await lease.assertGone(`${when}, another grant and revoke`);
        },
      });
    },
  },
  {
    name: 'a grant that crashed anywhere can be taken back',
    applies: always,
    async run(env) {
      await crashEverywhere(env, {
        prepare: () => env.thing(),
        operate: lease => lease.grant(),
        async converge(lease, when) {
          await lease.assertTruthful(when);
          await lease.end();
          await lease.assertGone(`${when} and revoke`);
        },
      });
    },
  },
  {
    name: 'a revoke that crashed anywhere can be made again',
    applies: always,
    async run(env) {
      await crashEverywhere(env, {
        prepare: () => env.granted(),
        operate: lease => lease.revoke(),
        async converge(lease, when) {
          await lease.assertTruthful(when);
          await lease.end();
          await lease.assertGone(`${when} and another revoke`);
        },
      });
    },
  },
  {
    name: 'a revoke that crashed anywhere is absent only when sessions are dead',
    applies: needs({ abilities: ['sessions'] }),
    async run(env) {
      await crashEverywhere(env, {
        async prepare() {
          const lease = await env.granted();
          const session = await lease.openSession(await lease.mintIfAny());
          return { lease, session };
        },
        operate: ({ lease }) => lease.revoke(),
        async converge({ lease, session }, when) {
          const { status } = await lease.inspect();
          assert.ok(
            status !== 'absent' || !(await session.alive()),
            `Absent ${when}, with a live session`,
          );
          await lease.end();
          assert.ok(!(await session.alive()), `A session outlived it ${when}`);
          await session.close();
        },
      });
    },
  },
  {
    name: 'a mint that crashed anywhere leaves nothing behind',
    applies: needs({ method: 'issueCredentials' }),
    async run(env) {
      for (const mintsAgain of [true, false]) {
        await crashEverywhere(env, {
          prepare: () => env.granted(),
          operate: lease => lease.mint(),
          async converge(lease, when) {
            if (mintsAgain) {
              const credentials = await lease.mint();
              assert.ok(
                await lease.works(credentials),
                `Credentials minted ${when} do not work`,
              );
            }
            await lease.end();
            await lease.assertGone(`${when} and revoke`);
          },
        });
      }
    },
  },
  {
    name: 'an extension that crashed anywhere can be made again',
    applies: needs({ method: 'extend' }),
    async run(env) {
      const notAfter = env.now() + 14_400_000;
      await crashEverywhere(env, {
        prepare: () => env.granted(),
        operate: lease => lease.extend({ notAfter }),
        async converge(lease, when) {
          await lease.extend({ notAfter });
          await lease.assertPresent(`${when} and another extension`);
          await lease.end();
          await lease.assertGone(`${when} and revoke`);
        },
      });
    },
  },
  {
    name: 'a look that was cut off is never absent',
    applies: always,
    async run(env) {
      await crashEverywhere(env, {
        prepare: () => env.granted(),
        async operate(lease) {
          try {
            await lease.inspect();
          } catch (error) {
            if (error instanceof CrashedError) {
              const { status } = error.answer as { status: string };
              assert.notEqual(status, 'absent', 'A look cut off says absent');
            }
            throw error;
          }
        },
        converge: lease => lease.end(),
      });
    },
  },
  {
    name: 'a revoke that was cut off is done only when all is gone',
    applies: always,
    async run(env) {
      await crashEverywhere(env, {
        prepare: () => env.granted(),
        async operate(lease) {
          try {
            await lease.revoke();
          } catch (error) {
            if (
              error instanceof CrashedError &&
              (error.answer as Progress).done
            ) {
              assert.deepEqual(
                await lease.remains(),
                [],
                'A revoke that was cut off says done',
              );
            }
            throw error;
          }
        },
        converge: lease => lease.end(),
      });
    },
  },
];
