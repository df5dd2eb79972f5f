import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { createRouter } from '../router/createRouter';
import { ACTIVITY_PATH } from '../router/leaseRoutes';

/** The REST API over HTTP, whose answers have to be those of its document. */
export async function serveRouter(
  options: Omit<Parameters<typeof createRouter>[0], 'logger' | 'checksItself'>,
) {
  const { server } = await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'jit',
        register(registration) {
          registration.registerInit({
            deps: {
              router: coreServices.httpRouter,
              logger: coreServices.logger,
            },
            async init({ router, logger }) {
              router.addAuthPolicy({
                path: ACTIVITY_PATH,
                allow: 'unauthenticated',
              });
              router.use(
                createRouter({ ...options, logger, checksItself: true }),
              );
            },
          });
        },
      }),
    ],
  });
  return server;
}
