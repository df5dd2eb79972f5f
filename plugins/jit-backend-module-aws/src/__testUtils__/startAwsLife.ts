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
import { AwsFront } from '@backstage-jit/plugin-jit-test-peers';
import { AddressInfo } from 'node:net';
import { AwsStsProvider } from '../provider/AwsStsProvider';
import { connectionTo } from './createStsHarness';
import { testCredentials } from './testCredentials';

/** By the ids of their profiles. */
const ROLES = {
  reader: 'invoices-reader',
  writer: 'invoices-writer',
  'identity-center':
    'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Invoices_0123456789abcdef',
};

/** The real backend over the emulator. Its profiles are `reader`, `writer` and `identity-center`, a role each. */
export async function startAwsLife(options: {
  front: AwsFront;
  people: string[];
  /** Of the connection. */
  concurrency?: number;
  longestPauseMs?: number;
}): Promise<ProviderLife> {
  const { front, people, concurrency } = options;
  const roles = Object.values(ROLES).map(role => front.roleArn(role));
  let scheduler: SchedulerService;
  const { server } = await startTestBackend({
    features: [
      jitPlugin,
      createLifeModule({
        ...options,
        provider: AwsStsProvider.create({
          credentials: testCredentials,
          handler: front.handler,
        }),
        onScheduler: found => {
          scheduler = found;
        },
      }),
      catalogServiceMock.factory({
        entities: createLifeEntities(
          Object.fromEntries(people.map(name => [name, {}])),
        ),
      }),
      mockServices.rootConfig.factory({
        data: createLifeConfig({
          connection: {
            type: 'aws',
            ...(concurrency && { concurrency }),
            ...connectionTo(front, { ceiling: { roles } }).config,
          },
          profiles: Object.fromEntries(
            Object.entries(ROLES).map(([id, role]) => [
              id,
              {
                provider: 'aws.sts',
                parameters: { role: front.roleArn(role) },
              },
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
