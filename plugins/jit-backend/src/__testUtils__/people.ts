import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';

/** Where the catalog of the tests comes from. */
export const TRUSTED = 'url:https://code.example.net/catalog/all.yaml';

/** A User in groups. */
export function user(
  login: string,
  groups: string[],
  annotations?: Record<string, string>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: login,
      namespace: 'default',
      annotations: { ...origin(TRUSTED), ...annotations },
    },
    spec: { memberOf: groups },
    relations: groups.map(name => ({
      type: 'memberOf',
      targetRef: `group:default/${name}`,
    })),
  };
}

/** A Group, in another one. */
export function group(name: string, parent?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default', annotations: origin(TRUSTED) },
    spec: { type: 'team', children: [] },
    relations: parent
      ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
      : [],
  };
}

function database(
  name: string,
  namespace: string,
  owner: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      namespace,
      annotations: { ...origin(TRUSTED), ...annotations },
    },
    spec: { type: 'database', owner },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

function origin(location: string) {
  return { 'backstage.io/managed-by-origin-location': location };
}

export const ORDERS_DB = 'resource:default/orders-db';

/** Ada and Bob may have things, Olga owns the target, Pat operates, and Eve registered a look-alike. */
export const ENTITIES: Entity[] = [
  user('ada', ['orders']),
  user('bob', ['orders']),
  user('olga', ['owners']),
  user('pat', ['platform']),
  user('eve', []),
  group('orders'),
  group('owners'),
  group('platform'),
  database('orders-db', 'default', 'group:default/owners'),
  database('orders-db', 'evil', 'user:default/eve'),
  database('greedy-db', 'default', 'user:default/eve', {
    'example.net/role': 'superuser',
  }),
];

/** Who calls, by the name that a test gives. */
export const CALLERS: Record<string, BackstageCredentials> = {
  ada: mockCredentials.user('user:default/ada'),
  bob: mockCredentials.user('user:default/bob'),
  owner: mockCredentials.user('user:default/olga'),
  operator: mockCredentials.user('user:default/pat'),
  eve: mockCredentials.user('user:default/eve'),
  nobody: mockCredentials.user('user:default/not-in-the-catalog'),
  'ada by a service': mockCredentials.user('user:default/ada', {
    actor: { subject: 'plugin:scaffolder' },
  }),
  'ada by another service': mockCredentials.user('user:default/ada', {
    actor: { subject: 'plugin:deployer' },
  }),
  'bare service': mockCredentials.service('plugin:deployer'),
  'the scaffolder itself': mockCredentials.service('plugin:scaffolder'),
  'the catalog itself': mockCredentials.service('plugin:catalog'),
  'catalog token': mockCredentials.service('plugin:catalog', {
    permissionNames: ['catalog.entity.read'],
  }),
  'other token': mockCredentials.service('external:other', {
    permissionNames: ['catalog.entity.read'],
  }),
  'action token': mockCredentials.service('external:action', {
    permissionAttributes: { action: ['read', 'update', 'create', 'delete'] },
  }),
  'read token': mockCredentials.service('external:reader', {
    permissionNames: ['jit.lease.read'],
  }),
  'create token': mockCredentials.service('external:creator', {
    permissionNames: ['jit.lease.create'],
  }),
  'protect token': mockCredentials.service('external:protector', {
    permissionNames: ['jit.lease.protect'],
  }),
  'end token': mockCredentials.service('external:ender', {
    permissionNames: ['jit.lease.end'],
  }),
  'audit token': mockCredentials.service('external:auditor', {
    permissionNames: ['jit.audit.read'],
  }),
  'operate token': mockCredentials.service('external:robot', {
    permissionNames: ['jit.operate', 'jit.lease.read'],
  }),
  'credentials token': mockCredentials.service('external:thief', {
    permissionNames: ['jit.lease.reveal', 'jit.lease.read'],
  }),
};
