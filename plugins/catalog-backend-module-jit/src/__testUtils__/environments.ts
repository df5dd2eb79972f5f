import { Environment } from '@backstage-jit/plugin-jit-common';
import fc from 'fast-check';

const name = fc.stringMatching(/^[a-z0-9]([a-z0-9_.-]{0,61}[a-z0-9])?$/);

const ref = (...kinds: string[]) =>
  fc
    .tuple(fc.constantFrom(...kinds), name, name)
    .map(([kind, namespace, own]) => `${kind}:${namespace}/${own}`);

const instant = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
  .map(date => date.toISOString());

/** Whatever the jit backend may say. */
export const environment: fc.Arbitrary<Environment> = fc.record(
  {
    leaseId: fc.uuid(),
    title: fc.string({ minLength: 1 }),
    profileId: fc.string(),
    provider: fc.string(),
    entityRef: ref('component', 'resource', 'api', 'system'),
    requester: ref('user'),
    grantedAt: instant,
    expiresAt: instant,
  },
  {
    requiredKeys: [
      'leaseId',
      'title',
      'profileId',
      'provider',
      'requester',
      'grantedAt',
    ],
  },
);

export function environmentOf(given: Partial<Environment> = {}): Environment {
  return {
    leaseId: '3f2f1a3e-0000-4000-8000-000000000001',
    title: 'Database of a branch',
    profileId: 'branch-database',
    provider: 'postgres.database',
    entityRef: 'component:default/orders-api',
    requester: 'user:default/ada',
    grantedAt: '2030-01-01T00:00:00.000Z',
    expiresAt: '2030-01-01T01:00:00.000Z',
    ...given,
  };
}
