import { JsonObject } from '@backstage/types';
import { ORDERS_DB, TRUSTED } from './people';

/** The config of the tests. */
export const JIT_CONFIG = {
  installation: 'bench',
  operators: ['group:default/platform'],
  connections: { main: { type: 'fake', ceiling: { names: ['reader'] } } },
  events: {
    keys: [{ id: 'k1', secret: 'only for tests, and long enough for it' }],
  },
  profiles: [
    {
      id: 'read',
      title: 'Orders, read only',
      provider: 'fake.access',
      connection: 'main',
      parameters: { name: 'reader' },
      targets: { entityRefs: [ORDERS_DB] },
      eligible: [{ group: 'group:default/orders' }],
      duration: { default: '30m', maximum: '4h' },
      extension: { maximum: '1h', times: 2 },
      limits: { perSubject: 1 },
    },
    {
      id: 'free',
      title: 'Without limits',
      provider: 'fake.access',
      connection: 'main',
      parameters: { name: 'reader' },
      eligible: [{ group: 'group:default/orders' }],
      duration: { maximum: '1h' },
      reason: { required: true, pattern: '[A-Z]+-\\d+', example: 'OPS-1 fix' },
      agents: true,
    },
    {
      id: 'hidden',
      title: 'Hidden',
      provider: 'fake.access',
      connection: 'main',
      parameters: { name: 'reader' },
      targets: { entityRefs: [ORDERS_DB] },
      eligible: [{ group: 'group:default/orders' }],
      duration: { maximum: '1h' },
      presence: 'hidden',
    },
    {
      id: 'named',
      title: 'Named by who asks',
      provider: 'fake.access',
      connection: 'main',
      parameters: {
        name: {
          value: '${{ parameters.name }}',
          allow: ['reader', 'writer'],
        },
      },
      eligible: [{ group: 'group:default/orders' }],
      duration: { maximum: '1h' },
    },
    {
      id: 'annotated',
      title: 'Named by an annotation',
      provider: 'fake.access',
      connection: 'main',
      parameters: {
        name: {
          value: "${{ target.metadata.annotations['example.net/role'] }}",
          allow: ['reader'],
        },
      },
      targets: { trustedLocations: [TRUSTED] },
      eligible: [{ group: 'group:default/orders' }],
      duration: { maximum: '1h' },
    },
  ],
} satisfies JsonObject;
