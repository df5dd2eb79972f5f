import { startTestBackend } from '@backstage/backend-test-utils';
import { createProviderCollector } from '../module';
import { jitModuleDoor } from './jitModuleDoor';

describe('jitModuleDoor', () => {
  it('adds the provider of the example', async () => {
    const { plugin, providers } = createProviderCollector();
    const backend = await startTestBackend({
      features: [plugin, jitModuleDoor],
    });
    expect(providers).toEqual([
      expect.objectContaining({ id: 'door.code', connectionType: 'door' }),
    ]);
    await backend.stop();
  });
});
