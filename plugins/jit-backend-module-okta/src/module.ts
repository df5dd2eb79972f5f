import { createBackendModule } from '@backstage/backend-plugin-api';
import { jitProvidersExtensionPoint } from '@backstage-jit/plugin-jit-node';
import { OktaGroupProvider } from './provider/OktaGroupProvider';

/**
 * Adds the provider `okta.group` to the jit backend.
 *
 * @public
 */
export const jitModuleOkta = createBackendModule({
  pluginId: 'jit',
  moduleId: 'okta',
  register(reg) {
    reg.registerInit({
      deps: { providers: jitProvidersExtensionPoint },
      async init({ providers }) {
        providers.addProvider(OktaGroupProvider.create());
      },
    });
  },
});
