import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  JitProvider,
  jitProvidersExtensionPoint,
} from '@backstage-jit/plugin-jit-node';
import jitModulePostgres from '.';

describe('the module', () => {
  it('adds its providers to the jit backend', async () => {
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
        jitModulePostgres,
      ],
    });
    expect(
      providers.map(({ id, connectionType }) => [id, connectionType]),
    ).toEqual([
      ['postgres.role', 'postgres'],
      ['postgres.database', 'postgres'],
    ]);
  });
});
