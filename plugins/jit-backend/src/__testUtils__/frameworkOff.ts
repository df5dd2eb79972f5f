import { mockServices } from '@backstage/backend-test-utils';
import { ServerPermissionClient } from '@backstage/plugin-permission-node';

/** The real permission service with the framework off: it decides about tokens by itself, and lets everybody else through. */
export const FRAMEWORK_OFF = ServerPermissionClient.fromConfig(
  mockServices.rootConfig(),
  {
    auth: mockServices.auth({ pluginId: 'jit' }),
    discovery: mockServices.discovery(),
  },
);
