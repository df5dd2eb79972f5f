import assert from 'node:assert/strict';
import { always, needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';

export const expiryCases: ConformanceCase[] = [
  {
    name: 'lasts as long as it was told, outside too',
    applies: always,
    async run(env) {
      const lease = await env.thing();
      const notAfter = env.now() + 7_200_000;
      await lease.grant({ notAfter });
      const { expiresAt } = await env.harness.look(lease.thing);
      // Systems without an expiry of their own have none to show. Coarse ones may round to a second.
      if (expiresAt !== undefined) {
        assert.ok(
          Math.abs(expiresAt - notAfter) <= 1000,
          `It ends outside ${(expiresAt - notAfter) / 1000} s after notAfter`,
        );
      }
      // Credentials that are out keep their own end; those that are issued after an extension have the later one.
      assert.ok(
        expiresAt === undefined ||
          env.provider.extend ||
          env.provider.intendCredentials ||
          !env.provider.supports.extend,
        'It can be extended, ends outside by itself, and has no method that moves that end',
      );
      await lease.end();
    },
  },
  {
    name: 'moves the outside expiry when extended',
    applies: needs({ method: 'extend' }),
    async run(env) {
      const lease = await env.thing();
      await lease.grant({ notAfter: env.now() + 3_600_000 });
      const notAfter = env.now() + 10_800_000;
      await lease.extend({ notAfter });
      const { expiresAt } = await env.harness.look(lease.thing);
      assert.ok(
        expiresAt !== undefined && Math.abs(expiresAt - notAfter) <= 1000,
        `It ends outside at ${expiresAt}, expected ${notAfter}`,
      );
      await lease.end();
      await lease.assertGone('after an extended lease was revoked');
    },
  },
];
