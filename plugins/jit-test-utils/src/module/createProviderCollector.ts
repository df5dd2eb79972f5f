import {
  BackendFeature,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  JitProvider,
  jitProvidersExtensionPoint,
} from '@backstage-jit/plugin-jit-node';

/**
 * Stands in a test backend for the jit plugin, and keeps the providers that modules add to it.
 *
 * @public
 */
export function createProviderCollector(): {
  plugin: BackendFeature;
  /** In their order; complete when the backend has started. */
  providers: JitProvider[];
} {
  const providers: JitProvider[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'jit',
    register(registration) {
      registration.registerExtensionPoint(jitProvidersExtensionPoint, {
        addProvider: (...added) => {
          providers.push(...added);
        },
      });
      registration.registerInit({ deps: {}, init: async () => {} });
    },
  });
  return { plugin, providers };
}
