import assert from 'node:assert/strict';
import { always } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ConformanceEnv } from '../ConformanceEnv';
import { CallOptions, ThingDriver } from '../ThingDriver';
import { abortEverywhere, settles } from './everywhere';

interface Operation {
  name: string;
  needsGrant: boolean;
  run(lease: ThingDriver, options: CallOptions): Promise<unknown>;
}

function operations({ provider }: ConformanceEnv): Operation[] {
  const all: Operation[] = [
    { name: 'grant', needsGrant: false, run: (l, o) => l.grant(o) },
    { name: 'inspect', needsGrant: true, run: (l, o) => l.inspect(o) },
    { name: 'revoke', needsGrant: true, run: (l, o) => l.revoke(o) },
  ];
  if (provider.issueCredentials) {
    all.push({
      name: 'issueCredentials',
      needsGrant: true,
      run: (l, o) => l.mint(o),
    });
  }
  if (provider.extend) {
    all.push({ name: 'extend', needsGrant: true, run: (l, o) => l.extend(o) });
  }
  return all;
}

/** Gives whatever wrongly goes on in the background the time to show: some turns of the event loop, and a real exchange. */
async function letThingsHappen(lease: ThingDriver): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
  await lease.remains();
}

export const giveUpCases: ConformanceCase[] = [
  {
    name: 'a call that is given up ends, and sends nothing more',
    applies: always,
    async run(env) {
      const { transport } = env.harness;
      for (const { name, needsGrant, run } of operations(env)) {
        const leases: ThingDriver[] = [];
        await abortEverywhere(env, {
          hold: transport,
          async prepare() {
            const lease = await env.thing();
            leases.push(lease);
            if (needsGrant) {
              await lease.grant();
            }
            return lease;
          },
          operate: (lease, signal) => run(lease, { signal }),
          async afterwards(lease, exchange) {
            const sent = transport.sent();
            await transport.release();
            await letThingsHappen(lease);
            assert.equal(
              transport.sent(),
              sent,
              `${name} went on after it was given up in exchange ${exchange}`,
            );
          },
        });
        for (const lease of leases) {
          await lease.end();
          await lease.assertGone(`after ${name} was given up, and revoke`);
        }
      }
    },
  },
  {
    name: 'a call that was given up before it began sends nothing',
    applies: always,
    async run(env) {
      const { transport } = env.harness;
      const lease = await env.granted();
      const signal = AbortSignal.abort(new Error('The claim was lost'));
      for (const { name, run } of operations(env)) {
        await transport.restore();
        await settles(
          env,
          run(lease, { signal }).catch(() => {}),
          name,
        );
        assert.equal(transport.sent(), 0, `${name} sent something`);
      }
      await lease.assertPresent('after calls that never began');
      await lease.end();
    },
  },
  {
    name: 'a call ends at its deadline though the system is silent',
    applies: always,
    async run(env) {
      const { transport } = env.harness;
      for (const { name, needsGrant, run } of operations(env)) {
        const lease = await env.thing();
        if (needsGrant) {
          await lease.grant();
        }
        transport.hold(0);
        const call = run(lease, { timeoutMs: 100 }).then(
          answer => `answered ${JSON.stringify(answer)}`,
          () => 'failed',
        );
        assert.equal(await settles(env, call, name), 'failed', name);
        await transport.restore();
        await lease.end();
      }
    },
  },
];
