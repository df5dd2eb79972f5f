import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  JitProvider,
  jitProvidersExtensionPoint,
} from '@backstage-jit/plugin-jit-node';
import { FakeWorld } from '../outside';
import { createFakeProvider } from './createFakeProvider';
import { createFakeProviderModule } from './createFakeProviderModule';

async function collectProviders(
  options?: Parameters<typeof createFakeProviderModule>[0],
): Promise<JitProvider[]> {
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
  const backend = await startTestBackend({
    features: [plugin, createFakeProviderModule(options)],
  });
  await backend.stop();
  return providers;
}

describe('createFakeProviderModule', () => {
  it('adds a provider of each kind', async () => {
    const providers = await collectProviders({ outside: new FakeWorld() });
    expect(
      providers.map(({ id, kind, entitlementKey, listOwned }) => [
        id,
        kind,
        entitlementKey ? 'shared' : 'alone',
        listOwned ? 'listed' : 'unlisted',
      ]),
    ).toEqual([
      ['fake.access', 'access', 'alone', 'listed'],
      ['fake.membership', 'access', 'shared', 'unlisted'],
      ['fake.binding', 'access', 'shared', 'listed'],
      ['fake.async', 'access', 'alone', 'listed'],
      ['fake.ordered', 'infrastructure', 'alone', 'listed'],
    ]);
  });

  it('adds those it is given instead', async () => {
    const mine = createFakeProvider({ id: 'fake.mine' });
    expect(await collectProviders({ providers: [mine] })).toEqual([mine]);
  });
});
