import { startTestBackend } from '@backstage/backend-test-utils';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { createProviderCollector } from '../../module';
import { FakeWorld } from '../outside';
import { createFakeProvider } from './createFakeProvider';
import { createFakeProviderModule } from './createFakeProviderModule';

async function collectProviders(
  options?: Parameters<typeof createFakeProviderModule>[0],
): Promise<JitProvider[]> {
  const { plugin, providers } = createProviderCollector();
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
