import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import {
  createFakeProviderModule,
  FakeWorld,
} from '@backstage-jit/plugin-jit-test-utils';
import postgresModule from '@backstage-jit/plugin-jit-backend-module-postgres';
import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { createJitPlugin } from '../../../plugin';
import { CREW } from '../crew';
import { ArmedKill } from './ArmedKill';
import { peerModules } from './peerModules';
import { PromptPeers } from './PromptPeers';

/**
 * A whole backend with the jit plugin and the fake providers. Only what lies beyond it is replaced: who people are, whom to tell, and the
 * catalog, which holds the crew and the templates.
 */
export function createCrashBackend(options: {
  config: JsonObject;
  kill: ArmedKill;
}) {
  const { config, kill } = options;
  const read = new ConfigReader(config);
  const outside = read.getOptionalString('jit.connections.outside.user');
  const world = read.getOptionalString('jit.connections.world.url')
    ? undefined
    : new FakeWorld();
  const settleMs = read.getOptionalNumber('crash.settleMs');
  if (outside) {
    kill.watchOutside(outside);
  }
  let server: Server | undefined;
  const backend = createBackend();
  for (const feature of [
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => new ConfigReader(config),
    }),
    // The usual one first compiles the config schemas of all packages, to find what to hide: seconds, at each start.
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () =>
        WinstonLogger.create({
          level: new ConfigReader(config).getString('backend.logger.level'),
        }),
    }),
    rootHttpRouterServiceFactory({
      configure: context => {
        server = context.server;
        context.applyDefaults();
      },
    }),
    mockServices.auth.factory(),
    mockServices.httpAuth.factory(),
    catalogServiceMock.factory({
      entities: [
        ...CREW,
        ...(read.getOptional<Entity[]>('crash.templates') ?? []),
      ],
    }),
    createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({ send: async () => {} }),
    }),
    createServiceFactory({
      service: signalsServiceRef,
      deps: {},
      factory: () => ({ publish: async () => {} }),
    }),
    createBackendModule({
      pluginId: 'jit',
      moduleId: 'watched-statements',
      register(registration) {
        registration.registerInit({
          deps: { database: coreServices.database },
          init: async ({ database }) => kill.watch(await database.getClient()),
        });
      },
    }),
    createFakeProviderModule({
      outside: world,
      settle: settleMs ? { milliseconds: settleMs } : undefined,
    }),
    postgresModule,
    ...peerModules(read),
    createJitPlugin({
      failpoint: kill.failpoint,
      providers: new PromptPeers(),
    }),
  ]) {
    backend.add(feature);
  }
  return {
    backend,
    port: () => (server!.address() as AddressInfo).port,
  };
}
