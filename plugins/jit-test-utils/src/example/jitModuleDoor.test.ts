import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { jitProvidersExtensionPoint } from '@backstage-jit/plugin-jit-node';
import { jitModuleDoor } from './jitModuleDoor';

describe('jitModuleDoor', () => {
  it('adds the provider of the example', async () => {
    const addProvider = jest.fn();
    const backend = await startTestBackend({
      features: [
        createBackendPlugin({
          pluginId: 'jit',
          register(registration) {
            registration.registerExtensionPoint(jitProvidersExtensionPoint, {
              addProvider,
            });
            registration.registerInit({ deps: {}, init: async () => {} });
          },
        }),
        jitModuleDoor,
      ],
    });
    expect(addProvider).toHaveBeenCalledWith(
      expect.objectContaining({ id: 'door.code', connectionType: 'door' }),
    );
    await backend.stop();
  });
});
