import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  JitProvider,
  jitProvidersExtensionPoint,
} from '@backstage-jit/plugin-jit-node';
import jitModuleAws from '.';

describe('the module', () => {
  it('adds aws.sts to the jit backend', async () => {
    const providers: JitProvider[] = [];
    await startTestBackend({
      features: [
        createBackendPlugin({
          pluginId: 'jit',
          register(reg) {
            reg.registerExtensionPoint(jitProvidersExtensionPoint, {
              addProvider: (...added) => providers.push(...added),
            });
            reg.registerInit({ deps: {}, init: async () => {} });
          },
        }),
        jitModuleAws,
      ],
    });
    expect(
      providers.map(({ id, connectionType }) => [id, connectionType]),
    ).toEqual([['aws.sts', 'aws']]);
  });
});
