import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { hurry } from '@backstage-jit/plugin-jit-test-utils';
import { ProviderCollection } from '../../../ProviderCollection';

const ON_PEERS: Record<string, Parameters<typeof hurry>[1]> = {
  'okta.group': {},
  'aws.sts': {},
  // A task takes no longer there.
  'scaffolder.template': { longestWaitMs: 100 },
};

/**
 * All providers, of which those of Okta, AWS and the scaffolder need not wait for what their peers do not have: replicas, late arrivals, and tasks that
 * take their time.
 */
export class PromptPeers extends ProviderCollection {
  addProvider(...providers: JitProvider[]): void {
    super.addProvider(
      ...providers.map(provider =>
        provider.id in ON_PEERS
          ? hurry(provider, ON_PEERS[provider.id])
          : provider,
      ),
    );
  }
}
