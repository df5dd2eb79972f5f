import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';

const DATABASE = 'resource:default/orders-db';
const SERVICE = 'component:default/orders-service';

const entity = (kind: string, name: string, spec: JsonObject): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec,
});

const user = (name: string, group: string): Entity => ({
  ...entity('User', name, { memberOf: [group] }),
  relations: [{ type: 'memberOf', targetRef: `group:default/${group}` }],
});

export const PEOPLE_AND_THINGS: Entity[] = [
  user('ada', 'orders'),
  user('eve', 'nobody'),
  user('pat', 'platform'),
  ...['orders', 'nobody', 'platform'].map(name =>
    entity('Group', name, { type: 'team', children: [] }),
  ),
  entity('Resource', 'orders-db', { type: 'database', owner: 'group:orders' }),
  entity('Component', 'orders-service', {
    type: 'service',
    owner: 'group:orders',
    lifecycle: 'production',
  }),
];

const eligible = [{ group: 'group:default/orders' }];

const REMOVE_PAGE = 'template:default/remove-page';
const LOOK_FOR_PAGE = 'template:default/look-for-page';

const page = (id: string, parameters: JsonObject): JsonObject => ({
  id,
  title: 'Preview page',
  provider: 'scaffolder.template',
  connection: 'templates',
  parameters: {
    teardown: REMOVE_PAGE,
    values: {
      name: {
        value: '${{ parameters.name }}',
        allow: { pattern: '[a-z-]{1,40}' },
      },
    },
    ...parameters,
  },
  eligible,
  duration: { default: '1d', maximum: '7d' },
});

/** The profiles that the examples of the actions name. */
export const BENCH_CONFIG: JsonObject = {
  app: { baseUrl: 'http://portal.example.net' },
  backend: { baseUrl: 'http://portal.example.net' },
  jit: {
    installation: 'bench',
    operators: ['group:default/platform'],
    connections: {
      main: {
        type: 'fake',
        ceiling: { names: ['reader', 'scratch', 'next', 'main'] },
      },
      templates: {
        type: 'scaffolder',
        ceiling: {
          templates: [
            'template:default/remove-page',
            'template:default/look-for-page',
          ],
          trustedLocations: ['file:/catalog/templates/*'],
        },
      },
    },
    events: {
      keys: [{ id: 'k1', secret: 'only for tests, and long enough for it' }],
    },
    profiles: [
      {
        id: 'orders-db-read',
        title: 'Orders database, read only',
        provider: 'fake.access',
        connection: 'main',
        parameters: { name: 'reader' },
        targets: { entityRefs: [DATABASE] },
        eligible,
        duration: { default: '30m', maximum: '4h' },
        extension: { maximum: '1h', times: 2 },
      },
      {
        id: 'orders-db-write',
        title: 'Orders database, write',
        provider: 'fake.access',
        connection: 'main',
        parameters: { name: 'reader' },
        targets: { entityRefs: [DATABASE] },
        eligible,
        duration: { maximum: '30m' },
        extension: { maximum: '10m', times: 1 },
        approval: {
          auto: eligible,
          steps: [{ approvers: [{ group: 'group:default/platform' }] }],
        },
      },
      {
        id: 'orders-scratch',
        title: 'Scratch database',
        provider: 'fake.ordered',
        connection: 'main',
        parameters: { name: 'scratch' },
        targets: { entityRefs: [SERVICE] },
        eligible,
        duration: { default: '1h', maximum: '8h' },
      },
      {
        id: 'branch-scratch',
        title: 'Scratch database of a branch',
        provider: 'fake.ordered',
        connection: 'main',
        parameters: {
          name: {
            value: '${{ parameters.branch }}',
            allow: { pattern: '[a-z]{1,20}' },
          },
        },
        eligible,
        duration: { default: '1h', maximum: '8h' },
        limits: { perSubject: 4 },
      },
      {
        id: 'scratch-access',
        title: 'Access to the scratch database',
        provider: 'fake.access',
        connection: 'main',
        parameters: {
          name: {
            value: '${{ parts.orders-scratch.role }}',
            allow: { pattern: '[a-z]+' },
          },
        },
        targets: { entityRefs: [SERVICE] },
        eligible,
        duration: { maximum: '4h' },
      },
      page('preview-page', { verify: { template: LOOK_FOR_PAGE } }),
      page('unwatched-page', {}),
    ],
    bundles: [
      {
        id: 'scratch-with-access',
        title: 'Scratch database and access to it',
        parts: ['orders-scratch', 'scratch-access'],
      },
    ],
  },
};
