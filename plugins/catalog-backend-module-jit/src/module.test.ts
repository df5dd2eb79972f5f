import {
  createBackendModule,
  SchedulerService,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- both backends run beside each other here
import jitPlugin from '@backstage-jit/plugin-jit-backend';
import { JitClient, Lease } from '@backstage-jit/plugin-jit-common';
import {
  createFakeProviderModule,
  FakeWorld,
} from '@backstage-jit/plugin-jit-test-utils';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { catalogModuleJit } from './module';

jest.setTimeout(120_000);

/** The mock has its factory too, as its own type does not say. */
type MockScheduler = SchedulerService & { factory(): ServiceFactory };

const ADA = mockCredentials.user.token('user:default/ada');
const SERVICE = 'component:default/orders-service';

const entity = (kind: string, name: string, spec: JsonObject): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    namespace: 'default',
    annotations: {
      'backstage.io/managed-by-location': 'file:/catalog/all.yaml',
      'backstage.io/managed-by-origin-location': 'file:/catalog/all.yaml',
    },
  },
  spec,
});

/** The organisation and its service, of a catalog that takes them. */
const organisation = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'test-organisation',
  register(registration) {
    registration.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        const entities = [
          entity('User', 'ada', { memberOf: ['orders'] }),
          entity('Group', 'orders', { type: 'team', children: [] }),
          entity('Component', 'orders-service', {
            type: 'service',
            owner: 'orders',
            lifecycle: 'production',
          }),
        ];
        processing.addEntityProvider({
          getProviderName: () => 'test-organisation',
          connect: async connection =>
            connection.applyMutation({
              type: 'full',
              entities: entities.map(each => ({ entity: each })),
            }),
        });
      },
    });
  },
});

const CONFIG: JsonObject = {
  app: { baseUrl: 'http://portal.example.net' },
  backend: { baseUrl: 'http://portal.example.net' },
  catalog: { stitchingStrategy: { pollingInterval: { milliseconds: 50 } } },
  jit: {
    installation: 'bench',
    connections: { main: { type: 'fake', ceiling: { names: ['scratch'] } } },
    events: {
      keys: [{ id: 'k1', secret: 'only for tests, and long enough for it' }],
    },
    profiles: [
      {
        id: 'scratch',
        title: 'Scratch database',
        provider: 'fake.ordered',
        connection: 'main',
        parameters: { name: 'scratch' },
        targets: { trustedLocations: ['file:/catalog/all.yaml'] },
        eligible: [{ group: 'group:default/orders' }],
        duration: { default: '1h', maximum: '8h' },
        extension: { maximum: '1h', times: 1 },
      },
    ],
  },
};

/** A real catalog and a real jit backend beside each other. */
async function startBoth() {
  const scheduler = mockServices.scheduler() as MockScheduler;
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleJit,
      organisation,
      jitPlugin,
      createFakeProviderModule({ outside: new FakeWorld() }),
      scheduler.factory(),
      mockServices.rootConfig.factory({ data: CONFIG }),
    ],
  });
  const { port } = backend.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/api`;
  const jit = new JitClient({
    discoveryApi: { getBaseUrl: async id => `${url}/${id}` },
  });

  async function entityOf({ id }: Lease): Promise<Entity | undefined> {
    const response = await fetch(
      `${url}/catalog/entities/by-name/resource/default/environment-${id}`,
      { headers: { authorization: `Bearer ${ADA}` } },
    );
    return response.status === 404 ? undefined : await response.json();
  }
  return {
    stop: () => backend.stop(),
    jit,
    entityOf,
    async ask(): Promise<Lease> {
      const { leases } = await jit.createRequest(
        { leases: [{ profileId: 'scratch', entityRef: SERVICE }] },
        { token: ADA },
      );
      return leases[0];
    },
    /** Lets both work until the answer is there. */
    async until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
      for (;;) {
        await scheduler.triggerTask('jit-engine');
        await scheduler.triggerTask('jit-environments');
        const found = await look();
        if (found) {
          return found;
        }
        await sleep(50);
      }
    },
    async isOffered(): Promise<boolean> {
      await scheduler.triggerTask('jit-profiles');
      const { items } = await jit
        .listOffers({ entityRef: SERVICE }, { token: ADA })
        .catch(() => ({ items: [] }));
      return items.some(({ closed }) => closed === undefined);
    },
    async isTarget(of: Entity): Promise<boolean> {
      const entityRef = stringifyEntityRef(of);
      const { items } = await jit.listOffers({ entityRef }, { token: ADA });
      return items.length > 0;
    },
  };
}

describe('an environment', () => {
  let both: Awaited<ReturnType<typeof startBoth>>;

  beforeAll(async () => {
    both = await startBoth();
    // Until the catalog has whom the profile names, it is closed.
    await both.until(() => both.isOffered());
  });

  afterAll(async () => {
    await both.stop();
  });

  it('is in the catalog while it lives, under the team of whom it is for, and nothing can be leased on it', async () => {
    const lease = await both.ask();
    const found = await both.until(() => both.entityOf(lease));
    expect(found.spec).toEqual({
      type: 'jit-environment',
      owner: 'group:default/orders',
      dependencyOf: [SERVICE],
    });
    expect(found.metadata.links).toEqual([
      expect.objectContaining({
        url: `http://portal.example.net/just-in-time?lease=${lease.id}`,
      }),
    ]);
    expect(found.relations).toEqual(
      expect.arrayContaining([
        { type: 'ownedBy', targetRef: 'group:default/orders' },
        { type: 'dependencyOf', targetRef: SERVICE },
      ]),
    );
    expect(await both.isTarget(found)).toBe(false);

    await both.jit.endLease(lease.id, {}, { token: ADA });
    await both.until(async () => !(await both.entityOf(lease)));
    const { lease: ended } = await both.jit.getLease(lease.id, { token: ADA });
    expect(ended.state).toBe('revoked');
  });

  it('says where its end has moved', async () => {
    const lease = await both.ask();
    await both.until(() => both.entityOf(lease));
    const extension = { duration: '30m' };
    await both.jit.extendLease(lease.id, extension, { token: ADA });
    const moved = await both.jit.getLease(lease.id, { token: ADA });
    const shown = await both.until(async () => {
      const found = await both.entityOf(lease);
      const at = found?.metadata.annotations?.['backstage-jit/ends-at'];
      return at === moved.lease.expiresAt && found;
    });
    expect(shown.metadata.name).toBe(`environment-${lease.id}`);
  });
});
