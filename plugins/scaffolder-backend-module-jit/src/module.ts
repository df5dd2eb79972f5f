import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { jitServiceRef } from '@backstage-jit/plugin-jit-node';
import { createActions } from './actions';

/**
 * Adds the actions `jit:*` to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleJit = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'jit',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        jit: jitServiceRef,
      },
      async init({ actions, auth, config, jit }) {
        const appUrl = config.getString('app.baseUrl');
        actions.addActions(...createActions({ auth, jit, appUrl }));
      },
    });
  },
});
