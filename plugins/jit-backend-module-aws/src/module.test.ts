import { startTestBackend } from '@backstage/backend-test-utils';
import { createProviderCollector } from '@backstage-jit/plugin-jit-test-utils';
import jitModuleAws from '.';

describe('the module', () => {
  it('adds aws.sts to the jit backend', async () => {
    const { plugin, providers } = createProviderCollector();
    await startTestBackend({ features: [plugin, jitModuleAws] });
    expect(
      providers.map(({ id, connectionType }) => [id, connectionType]),
    ).toEqual([['aws.sts', 'aws']]);
  });
});
