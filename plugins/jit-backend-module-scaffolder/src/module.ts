import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  jitOriginsExtensionPoint,
  jitProvidersExtensionPoint,
} from '@backstage-jit/plugin-jit-node';
import { ScaffolderTemplateProvider } from './provider';
import { HttpScaffolder } from './scaffolder';
import { TaskOrigin } from './TaskOrigin';

/**
 * Adds the provider `scaffolder.template` and the origin `scaffolder-task` to the jit backend.
 *
 * @public
 */
export const jitModuleScaffolder = createBackendModule({
  pluginId: 'jit',
  moduleId: 'scaffolder',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        origins: jitOriginsExtensionPoint,
        providers: jitProvidersExtensionPoint,
      },
      async init({ auth, catalog, config, discovery, origins, providers }) {
        const scaffolder = new HttpScaffolder({ auth, catalog, discovery });
        origins.addOrigin(new TaskOrigin({ scaffolder }));
        providers.addProvider(
          new ScaffolderTemplateProvider({
            scaffolder,
            address: config.getString('backend.baseUrl'),
          }),
        );
      },
    });
  },
});
