import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { CatalogOwners } from './CatalogOwners';
import { EnvironmentProvider } from './EnvironmentProvider';
import { HttpEnvironments } from './HttpEnvironments';

/** A lease is seen here so long after it became active, and after it ended, at the most; besides what the catalog itself takes. */
const EVERY = { seconds: 1 };

/**
 * Shows the environments that live as entities of the catalog.
 *
 * @public
 */
export const catalogModuleJit = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'jit',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ processing, scheduler, config, ...services }) {
        const provider = new EnvironmentProvider({
          environments: new HttpEnvironments(services),
          owners: new CatalogOwners(services),
          appUrl: config.getString('app.baseUrl'),
          logger: services.logger,
          start: refresh =>
            scheduler.scheduleTask({
              id: 'jit-environments',
              scope: 'local',
              frequency: EVERY,
              timeout: { minutes: 1 },
              fn: refresh,
            }),
        });
        processing.addEntityProvider(provider);
      },
    });
  },
});
