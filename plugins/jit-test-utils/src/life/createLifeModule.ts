import {
  BackendFeature,
  coreServices,
  createBackendModule,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  JitProvider,
  jitProvidersExtensionPoint,
} from '@backstage-jit/plugin-jit-node';
import { hurry } from './hurry';

/**
 * Adds a provider to a backend for {@link ProviderLife}, without the waits that only stand for what the peer of a test does not have.
 *
 * @public
 */
export function createLifeModule(options: {
  provider: JitProvider;
  /** As in {@link hurry}. */
  longestPauseMs?: number;
  /** Called while the backend starts. */
  onScheduler: (scheduler: SchedulerService) => void;
}): BackendFeature {
  return createBackendModule({
    pluginId: 'jit',
    moduleId: 'life',
    register(reg) {
      reg.registerInit({
        deps: {
          providers: jitProvidersExtensionPoint,
          scheduler: coreServices.scheduler,
        },
        async init({ providers, scheduler }) {
          options.onScheduler(scheduler);
          providers.addProvider(hurry(options.provider, options));
        },
      });
    },
  });
}
