import { startTestBackend } from '@backstage/backend-test-utils';
import { createProviderCollector } from '@backstage-jit/plugin-jit-test-utils';
import jitModuleOkta from '.';

describe('the module', () => {
  it('adds okta.group to the jit backend', async () => {
    const { plugin, providers } = createProviderCollector();
    await startTestBackend({ features: [plugin, jitModuleOkta] });
    expect(
      providers.map(({ id, connectionType }) => [id, connectionType]),
    ).toEqual([['okta.group', 'okta']]);
  });
});
