import { SchedulerService } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the tests run the provider in the backend that it is for
import jitPlugin from '@backstage-jit/plugin-jit-backend';
import {
  createLifeConfig,
  createLifeEntities,
  createLifeModule,
  ProviderLife,
} from '@backstage-jit/plugin-jit-test-utils';
import { OktaFront, OktaOrg } from '@backstage-jit/plugin-jit-test-peers';
import { JsonObject } from '@backstage/types';
import { AddressInfo } from 'node:net';
import { OktaGroupProvider } from '../provider/OktaGroupProvider';

const PROFILES = {
  first: { group: 'orders-writers', clearSessions: true },
  second: { group: 'orders-writers', clearSessions: false },
  admins: { group: 'orders-admins' },
};

/** The real backend over the emulator. Its profiles are called `first` and `second`, of one group, and `admins`. */
export async function startOktaLife(options: {
  org: OktaOrg;
  front: OktaFront;
  /** Of the connection. */
  concurrency?: number;
  longestPauseMs?: number;
  /** Names with what the catalog has under `spec.profile`. */
  people: Record<string, JsonObject>;
}): Promise<ProviderLife> {
  const { org, front, concurrency } = options;
  let scheduler: SchedulerService;
  const { server } = await startTestBackend({
    features: [
      jitPlugin,
      createLifeModule({
        ...options,
        provider: OktaGroupProvider.create({ fetch: front.fetch }),
        onScheduler: found => {
          scheduler = found;
        },
      }),
      catalogServiceMock.factory({
        entities: createLifeEntities(options.people),
      }),
      mockServices.rootConfig.factory({
        data: createLifeConfig({
          connection: {
            type: 'okta',
            ...(concurrency && { concurrency }),
            orgUrl: org.url,
            token: org.token,
            ceiling: { groups: ['orders-writers', 'orders-admins'] },
          },
          profiles: Object.fromEntries(
            Object.entries(PROFILES).map(([id, parameters]) => [
              id,
              { provider: 'okta.group', parameters },
            ]),
          ),
        }),
      }),
    ],
  });
  // Longer than any test: what is closed at the moment of a request would look like a failure.
  server.keepAliveTimeout = 3_600_000;
  const { port } = server.address() as AddressInfo;
  return ProviderLife.over({
    baseUrl: `http://127.0.0.1:${port}`,
    scheduler: scheduler!,
    tokenOf: ref => mockCredentials.user.token(ref),
  });
}
