import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  jitBasicPermissions,
  jitLeasePermissions,
} from '@backstage-jit/plugin-jit-common';
import {
  jitContextSourcesExtensionPoint,
  jitLeasePermissionResourceRef,
  jitLeaseRules,
  jitOriginsExtensionPoint,
  jitProvidersExtensionPoint,
} from '@backstage-jit/plugin-jit-node';
import { AgentCalls } from './agents/AgentCalls';
import { registerActions } from './agents/registerActions';
import { readJitConfig } from './config';
import { ContextSourceCollection } from './context/ContextSourceCollection';
import { SystemDatabaseClock } from './database/DatabaseClock';
import { assertSupported, isInMemory } from './database/dialect';
import { Ledger } from './database/Ledger';
import { migrate } from './database/migrate';
import { syncConnections } from './database/operations/connections/syncConnections';
import { removeExpiredAnswers } from './database/operations/idempotency/removeExpiredAnswers';
import { readLeaseResources } from './database/operations/leases/readLeaseResources';
import { readLedgerId } from './database/operations/readLedgerId';
import { createEngine } from './engine/createEngine';
import { Failpoint } from './engine/Failpoint';
import { EventChain } from './events/EventChain';
import { engineMetrics } from './metrics/engineMetrics';
import { ledgerMetrics } from './metrics/ledgerMetrics';
import { OriginCollection } from './OriginCollection';
import { ProviderCollection } from './ProviderCollection';
import { createRouter } from './router/createRouter';
import { ACTIVITY_PATH } from './router/leaseRoutes';
import { createPolicy, createServices } from './services';
import { signalChanges } from './notices/signalChanges';
import { scheduleTasks } from './tasks/scheduleTasks';

/** @param options - only of the tests of crashes: `failpoint`, where they kill the process, and `providers`, which changes what the modules add */
export const createJitPlugin = (options?: {
  failpoint?: Failpoint;
  providers?: ProviderCollection;
}) =>
  createBackendPlugin({
    pluginId: 'jit',
    register(registration) {
      const collection = options?.providers ?? new ProviderCollection();
      registration.registerExtensionPoint(
        jitProvidersExtensionPoint,
        collection,
      );
      const origins = new OriginCollection();
      registration.registerExtensionPoint(jitOriginsExtensionPoint, origins);
      const contextSources = new ContextSourceCollection();
      registration.registerExtensionPoint(
        jitContextSourcesExtensionPoint,
        contextSources,
      );

      registration.registerInit({
        deps: {
          actions: actionsRegistryServiceRef,
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          database: coreServices.database,
          discovery: coreServices.discovery,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          metrics: metricsServiceRef,
          notifications: notificationService,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          rootConfig: coreServices.rootConfig,
          scheduler: coreServices.scheduler,
          signals: signalsServiceRef,
        },
        async init(deps) {
          const { database, httpRouter, lifecycle, scheduler } = deps;
          const config = readJitConfig(deps.rootConfig);
          const { providers } = collection;

          const knex = await database.getClient();
          assertSupported(knex);
          if (isInMemory(knex)) {
            deps.logger.warn(
              'The ledger is kept in memory: when this process ends, nobody knows any more which leases there are to end. Set backend.database to a folder or a PostgreSQL',
            );
          }
          const ledger: Ledger = {
            knex,
            clock: new SystemDatabaseClock(),
            chain: new EventChain(config.events.keys),
          };
          // What is wrong with the config shows before anything is written.
          const policy = createPolicy({
            ...deps,
            config,
            ledger,
            providers,
            contextSources: [...contextSources.types.values()],
          });
          if (!database.migrations?.skip) {
            await migrate(knex);
          }
          await syncConnections(ledger, config.connections);

          const parts = createEngine({
            ...deps,
            ...policy,
            config,
            ledger,
            providers,
            onChange: signalChanges(deps.signals),
            observer: engineMetrics(deps.metrics),
            failpoint: options?.failpoint,
            mark: {
              installation: config.installation,
              ledgerId: await readLedgerId(ledger),
            },
          });
          ledgerMetrics({
            metrics: deps.metrics,
            ledger,
            rules: config.engine,
          });
          lifecycle.addShutdownHook(() => parts.engine.stop());

          const { permissionsRegistry } = deps;
          permissionsRegistry.addPermissions(jitBasicPermissions);
          permissionsRegistry.addResourceType({
            resourceRef: jitLeasePermissionResourceRef,
            permissions: jitLeasePermissions,
            rules: Object.values(jitLeaseRules),
            getResources: async ids => {
              const resources = await readLeaseResources(ledger, { ids });
              return ids.map(id => resources.get(id));
            },
          });
          const context = createServices({
            ...deps,
            ...policy,
            config,
            ledger,
            providers,
            origins: origins.origins,
            rules: permissionsRegistry.getPermissionRuleset(
              jitLeasePermissionResourceRef,
            ),
            engine: parts.engine,
            planner: parts.planner,
          });
          registerActions({
            ...context,
            actions: deps.actions,
            calls: new AgentCalls({ ...deps, callers: context.callers }),
          });
          httpRouter.addAuthPolicy({
            path: ACTIVITY_PATH,
            allow: 'unauthenticated',
          });
          httpRouter.use(
            createRouter({
              ...context,
              auditor: deps.auditor,
              logger: deps.logger,
              checksItself: process.env.NODE_ENV === 'test',
            }),
          );

          await scheduleTasks({
            ...deps,
            ...policy,
            ...parts,
            config,
            ledger,
            origins: origins.origins,
          });
          await scheduler.scheduleTask({
            id: 'jit-answers',
            scope: 'global',
            frequency: { hours: 1 },
            timeout: { minutes: 5 },
            fn: () => removeExpiredAnswers(ledger),
          });
        },
      });
    },
  });

/**
 * Holds leases: takes requests in, grants them, and revokes them on time.
 *
 * @public
 */
export const jitPlugin = createJitPlugin();
