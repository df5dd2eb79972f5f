import assert from 'node:assert/strict';
import { needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ability } from './expectations';

export const credentialCases: ConformanceCase[] = [
  {
    name: 'live sessions die with revoke',
    applies: needs({ abilities: ['sessions'] }),
    async run(env) {
      const lease = await env.granted();
      const credentials = await lease.mintIfAny();
      const sessions = [
        await lease.openSession(credentials),
        await lease.openSession(credentials),
      ];
      for (const session of sessions) {
        assert.ok(await session.alive(), 'A session does not work');
      }
      await lease.end();
      for (const session of sessions) {
        assert.ok(!(await session.alive()), 'A session outlived revoke');
        await session.close();
      }
      await lease.assertGone('after revoke with live sessions');
    },
  },
  {
    name: 'the credentials given out last work, none after revoke',
    applies: needs({ abilities: ['access'], method: 'issueCredentials' }),
    async run(env) {
      const { secretsOf } = ability(env.harness.access);
      const lease = await env.granted();
      const first = await lease.mint();
      assert.ok(await lease.works(first), 'The first credentials do not work');
      const second = await lease.mint();
      assert.ok(await lease.works(second), 'Those minted again do not work');
      assert.notDeepEqual(secretsOf(second), secretsOf(first));
      await lease.end();
      for (const credentials of [first, second]) {
        assert.ok(!(await lease.works(credentials)), 'They work after revoke');
      }
    },
  },
  {
    name: 'minting for what was not granted makes nothing',
    applies: needs({ method: 'issueCredentials' }),
    async run(env) {
      const lease = await env.thing();
      const credentials = await lease.mint().catch(() => undefined);
      assert.ok(
        !credentials || !(await lease.works(credentials)),
        'Credentials for nothing work',
      );
      await lease.assertGone('after minting for nothing');
    },
  },
];
