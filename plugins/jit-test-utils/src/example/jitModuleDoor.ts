import { createBackendModule } from '@backstage/backend-plugin-api';
import { jitProvidersExtensionPoint } from '@backstage-jit/plugin-jit-node';
import { DoorCodeProvider } from './DoorCodeProvider';

/** Adds the provider `door.code` to the jit backend. */
export const jitModuleDoor = createBackendModule({
  pluginId: 'jit',
  moduleId: 'door',
  register(registration) {
    registration.registerInit({
      deps: { providers: jitProvidersExtensionPoint },
      async init({ providers }) {
        providers.addProvider(new DoorCodeProvider());
      },
    });
  },
});
