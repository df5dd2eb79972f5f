import assert from 'node:assert/strict';
import { needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ability } from './expectations';
import { abortEverywhere } from './everywhere';

export const lateCases: ConformanceCase[] = [
  {
    name: 'a grant that lands late is taken back',
    applies: needs({ abilities: ['late'] }),
    async run(env) {
      const late = ability(env.harness.late);
      await abortEverywhere(env, {
        hold: late,
        prepare: () => env.thing(),
        operate: (lease, signal) => lease.grant({ signal }),
        async afterwards(lease, exchange) {
          // The engine gives the grant up, and begins to revoke before the call lands.
          await lease.revoke();
          await late.release();
          const when = `after exchange ${exchange} of the grant landed during revoke`;
          await lease.assertTruthful(when);
          await lease.end();
          await lease.assertGone(when);
        },
      });
    },
  },
  {
    name: 'a grant that lands late can be made again',
    applies: needs({ abilities: ['late'] }),
    async run(env) {
      const late = ability(env.harness.late);
      await abortEverywhere(env, {
        hold: late,
        prepare: () => env.thing(),
        operate: (lease, signal) => lease.grant({ signal }),
        async afterwards(lease, exchange) {
          await late.release();
          const when = `after exchange ${exchange} of the first one landed late`;
          await lease.grant();
          await lease.assertPresent(when);
          assert.ok(
            await lease.works(await lease.mintIfAny()),
            `The access does not work ${when}`,
          );
          await lease.end();
          await lease.assertGone(`${when} and revoke`);
        },
      });
    },
  },
  {
    name: 'a revoke that lands late does no harm',
    applies: needs({ abilities: ['late'] }),
    async run(env) {
      const late = ability(env.harness.late);
      await abortEverywhere(env, {
        hold: late,
        prepare: () => env.granted(),
        operate: (lease, signal) => lease.revoke({ signal }),
        async afterwards(lease, exchange) {
          await lease.revoke();
          await late.release();
          await lease.end();
          await lease.assertGone(
            `after exchange ${exchange} of the first revoke landed late`,
          );
        },
      });
    },
  },
  {
    name: 'a mint that lands late gives nothing after revoke',
    applies: needs({ abilities: ['late'], method: 'issueCredentials' }),
    async run(env) {
      const late = ability(env.harness.late);
      await abortEverywhere(env, {
        hold: late,
        prepare: () => env.granted(),
        operate: (lease, signal) => lease.mint({ signal }),
        async afterwards(lease, exchange) {
          await lease.revoke();
          await late.release();
          const when = `after exchange ${exchange} of a mint landed during revoke`;
          await lease.assertTruthful(when);
          await lease.end();
          await lease.assertGone(when);
        },
      });
    },
  },
];
