import { startTestBackend } from '@backstage/backend-test-utils';
import { createProviderCollector } from '@backstage-jit/plugin-jit-test-utils';
import jitModulePostgres from '.';

describe('the module', () => {
  it('adds its providers to the jit backend', async () => {
    const { plugin, providers } = createProviderCollector();
    await startTestBackend({ features: [plugin, jitModulePostgres] });
    expect(
      providers.map(({ id, connectionType }) => [id, connectionType]),
    ).toEqual([
      ['postgres.role', 'postgres'],
      ['postgres.database', 'postgres'],
    ]);
  });
});
