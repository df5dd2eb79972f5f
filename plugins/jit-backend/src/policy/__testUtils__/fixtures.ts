import { Entity } from '@backstage/catalog-model';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { Profile } from '../Profile';

/** A profile that a group can lease on one trusted entity, changed as a test needs it. */
export function profileFor(changes: Partial<Profile> = {}): Profile {
  return {
    id: 'orders-db-read',
    configPath: 'jit.profiles[0]',
    title: 'Orders database, read only',
    provider: 'postgres.role',
    connection: 'orders',
    parameters: { memberOf: ['orders_readonly'] },
    slots: [],
    targets: { entityRefs: ['resource:default/orders-db'] },
    eligible: [{ kind: 'group', ref: 'group:default/orders-team' }],
    deny: [],
    durations: { defaultMs: 1_800_000, maximumMs: 14_400_000, choicesMs: [] },
    grantWithinMs: 900_000,
    reason: { required: false },
    limits: {},
    whenIneligible: 'end',
    approval: { steps: [] },
    presenceHidden: false,
    ...changes,
  };
}

/** A catalog entity with relations as the catalog makes them. */
export function entityFor(
  ref: string,
  options: {
    owners?: string[];
    memberOf?: string[];
    childOf?: string[];
    annotations?: Record<string, string>;
    origin?: string;
    spec?: Entity['spec'];
  } = {},
): Entity {
  const [, kind, namespace, name] = /^([^:]+):([^/]+)\/(.+)$/.exec(ref)!;
  const { owners = [], memberOf = [], childOf = [], annotations } = options;
  const relate = (type: string, refs: string[]) =>
    refs.map(targetRef => ({ type, targetRef }));
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind[0].toLocaleUpperCase('en-US') + kind.slice(1),
    metadata: {
      namespace,
      name,
      annotations: {
        ...annotations,
        ...(options.origin && {
          'backstage.io/managed-by-origin-location': options.origin,
        }),
      },
    },
    spec: options.spec,
    relations: [
      ...relate('ownedBy', owners),
      ...relate('memberOf', memberOf),
      ...relate('childOf', childOf),
    ],
  };
}

/** A provider that is never called outside, with a ceiling of one role. */
export function providerFor(changes: Partial<JitProvider> = {}): JitProvider {
  const unused = async () => {
    throw new Error('Not called in these tests');
  };
  return {
    id: 'postgres.role',
    kind: 'access',
    connectionType: 'postgres',
    connectionSchema: z.strictObject({ roles: z.array(z.string()) }),
    paramsSchema: z.strictObject({ memberOf: z.array(z.string()).min(1) }),
    supports: { idle: false, extend: true, sessions: true, price: false },
    refusedByCeiling: ({ params, connection }) => {
      const refused = params.memberOf.find(
        (role: string) => !connection.config.roles.includes(role),
      );
      return refused && `${refused} is not among its roles`;
    },
    identity: unused,
    grant: unused,
    inspect: unused,
    revoke: unused,
    ...changes,
  };
}
