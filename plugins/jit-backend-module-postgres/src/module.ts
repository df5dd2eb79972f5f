import { createBackendModule } from '@backstage/backend-plugin-api';
import { jitProvidersExtensionPoint } from '@backstage-jit/plugin-jit-node';
import { PostgresRoleProvider } from './provider/PostgresRoleProvider';

/**
 * Adds the provider `postgres.role` to the jit backend.
 *
 * @public
 */
export const jitModulePostgres = createBackendModule({
  pluginId: 'jit',
  moduleId: 'postgres',
  register(reg) {
    reg.registerInit({
      deps: { providers: jitProvidersExtensionPoint },
      async init({ providers }) {
        providers.addProvider(PostgresRoleProvider.create());
      },
    });
  },
});
