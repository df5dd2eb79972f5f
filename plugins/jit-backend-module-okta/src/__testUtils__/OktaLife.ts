import {
  BackendFeature,
  coreServices,
  createBackendModule,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the tests run the provider in the backend that it is for
import jitPlugin from '@backstage-jit/plugin-jit-backend';
import { JitClient, Lease } from '@backstage-jit/plugin-jit-common';
import { jitProvidersExtensionPoint } from '@backstage-jit/plugin-jit-node';
import { HumanDuration } from '@backstage/types';
import { AddressInfo } from 'node:net';
import { OktaGroupProvider } from '../provider/OktaGroupProvider';
import { OktaFront } from './OktaFront';
import { OktaOrg } from './OktaOrg';

const ORIGIN = 'url:https://code.example.net/catalog/all.yaml';

function person(name: string, profile: object): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-origin-location': ORIGIN },
    },
    spec: { profile: { ...profile }, memberOf: ['orders'] },
  };
}

type ProfileId = 'first' | 'second' | 'admins';

const PROFILE = {
  provider: 'okta.group',
  connection: 'okta',
  eligible: [{ group: 'group:default/orders' }],
  duration: { default: '30m', maximum: '4h' },
  extension: { maximum: '1h', times: 2 },
};

function config(org: OktaOrg, concurrency?: number) {
  return {
    jit: {
      installation: 'okta-life',
      operators: ['user:default/operator'],
      events: {
        keys: [{ id: 'k1', secret: 'only for tests, and long enough for it' }],
      },
      people: { trustedLocations: [ORIGIN] },
      // No scheduler ticks in these tests: the engine's own timer wakes it, however far away what is due is.
      engine: { tick: '1h', backoffMin: '100ms', backoffMax: '200ms' },
      connections: {
        okta: {
          type: 'okta',
          ...(concurrency && { concurrency }),
          orgUrl: org.url,
          token: org.token,
          ceiling: { groups: ['orders-writers', 'orders-admins'] },
        },
      },
      profiles: [
        { id: 'first', group: 'orders-writers', clearSessions: true },
        { id: 'second', group: 'orders-writers', clearSessions: false },
        { id: 'admins', group: 'orders-admins' },
      ].map(({ id, ...parameters }) => ({
        ...PROFILE,
        id,
        title: `Orders, ${id}`,
        parameters,
      })),
    },
  };
}

/** Without the waits for replicas and late arrivals that the emulator does not have. */
function providerModule(
  front: OktaFront,
  onScheduler: (scheduler: SchedulerService) => void,
): BackendFeature {
  return createBackendModule({
    pluginId: 'jit',
    moduleId: 'okta-life',
    register(reg) {
      reg.registerInit({
        deps: {
          providers: jitProvidersExtensionPoint,
          scheduler: coreServices.scheduler,
        },
        async init({ providers, scheduler }) {
          onScheduler(scheduler);
          providers.addProvider(
            Object.assign(OktaGroupProvider.create({ fetch: front.fetch }), {
              settle: { milliseconds: 50 },
              callTimeout: { seconds: 1 },
            }),
          );
        },
      });
    },
  });
}

/** The real backend over the emulator, used by people. */
export class OktaLife {
  private constructor(
    private readonly client: JitClient,
    private readonly scheduler: SchedulerService,
  ) {}

  static async start(options: {
    org: OktaOrg;
    front: OktaFront;
    /** Of the connection. */
    concurrency?: number;
    /** Names with what the catalog has under `spec.profile`. */
    people: Record<string, object>;
  }): Promise<OktaLife> {
    const entities: Entity[] = Object.entries({
      ...options.people,
      operator: {},
    }).map(([name, profile]) => person(name, profile));
    entities.push({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: {
        name: 'orders',
        namespace: 'default',
        annotations: { 'backstage.io/managed-by-origin-location': ORIGIN },
      },
      spec: { type: 'team', children: [] },
    });
    let scheduler: SchedulerService;
    const { server } = await startTestBackend({
      features: [
        jitPlugin,
        providerModule(options.front, found => {
          scheduler = found;
        }),
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({
          data: config(options.org, options.concurrency),
        }),
      ],
    });
    const { port } = server.address() as AddressInfo;
    return new OktaLife(
      new JitClient({
        discoveryApi: {
          getBaseUrl: async () => `http://127.0.0.1:${port}/api/jit`,
        },
      }),
      scheduler!,
    );
  }

  async ask(
    name: string,
    profileId: ProfileId,
    duration?: HumanDuration,
  ): Promise<string> {
    const { leases } = await this.client.createRequest(
      { leases: [{ profileId, ...(duration && { duration }) }] },
      this.#as(name),
    );
    return leases[0].id;
  }

  async preview(name: string, profileId: ProfileId) {
    const { leases } = await this.client.previewRequest(
      { leases: [{ profileId }] },
      this.#as(name),
    );
    return leases[0];
  }

  /** The connection as operators see it. */
  async connection() {
    const { items, now } = await this.client.listConnections(
      this.#as('operator'),
    );
    return { ...items[0], now };
  }

  async extend(name: string, id: string, by: HumanDuration): Promise<void> {
    await this.client.extendLease(id, { duration: by }, this.#as(name));
  }

  async end(name: string, id: string): Promise<void> {
    await this.client.endLease(id, { why: 'Done' }, this.#as(name));
  }

  /** What the API shows is all that anybody outside can wait for. */
  async until(
    name: string,
    id: string,
    holds: (lease: Lease) => boolean,
    /** Done before each look. */
    meanwhile: () => Promise<void> = async () => {},
  ): Promise<Lease> {
    for (;;) {
      await meanwhile();
      const { lease } = await this.client.getLease(id, this.#as(name));
      if (holds(lease)) {
        return lease;
      }
    }
  }

  /** One pass that compares the ledger with Okta. */
  async reconcile(): Promise<void> {
    await this.scheduler.triggerTask('jit-reconcile');
  }

  async eventsOf(name: string, id: string) {
    const { items } = await this.client.listLeaseEvents(id, this.#as(name));
    return items;
  }

  #as(name: string) {
    return { token: mockCredentials.user.token(`user:default/${name}`) };
  }
}
