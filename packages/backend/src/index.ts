import { createBackend } from '@backstage/backend-defaults';
import { demoAuthModule } from './demoAuth';
import { demoPagesModule } from './demoPages';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage-jit/plugin-catalog-backend-module-jit'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(import('@backstage-jit/plugin-scaffolder-backend-module-jit'));
backend.add(demoPagesModule);

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(demoAuthModule);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@backstage-jit/plugin-jit-backend'));
backend.add(import('@backstage-jit/plugin-jit-backend-module-postgres'));
backend.add(import('@backstage-jit/plugin-jit-backend-module-okta'));
backend.add(import('@backstage-jit/plugin-jit-backend-module-scaffolder'));
backend.add(import('@backstage-jit/plugin-jit-backend-module-aws'));

backend.start();
