import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { jitProvidersExtensionPoint } from '@backstage-jit/plugin-jit-node';

/** Adds the providers of Okta and AWS where there are connections to them; the clients of AWS alone take longer to load than all else that starts. */
export function createPeerModule(config: ConfigReader): BackendFeature {
  return createBackendModule({
    pluginId: 'jit',
    moduleId: 'peers',
    register(registration) {
      registration.registerInit({
        deps: { providers: jitProvidersExtensionPoint },
        async init({ providers }) {
          const isThere = (name: string) =>
            config.has(`jit.connections.${name}`);
          if (['okta', 'aws'].some(isThere)) {
            // Not `import()`: of a source that is no ES module, that finds no names.
            const { createPeerProviders } =
              require('./peerProviders') as typeof import('./peerProviders');
            providers.addProvider(...createPeerProviders());
          }
        },
      });
    },
  });
}
