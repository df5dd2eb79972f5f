import { createBackendModule } from '@backstage/backend-plugin-api';
import { jitProvidersExtensionPoint } from '@backstage-jit/plugin-jit-node';
import { PostgresDatabaseProvider } from './database/PostgresDatabaseProvider';
import { PostgresRoleProvider } from './provider/PostgresRoleProvider';

/**
 * Adds the providers `postgres.role` and `postgres.database` to the jit backend.
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
        providers.addProvider(
          PostgresRoleProvider.create(),
          PostgresDatabaseProvider.create(),
        );
      },
    });
  },
});
