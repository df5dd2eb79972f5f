import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { hurry } from '@backstage-jit/plugin-jit-test-utils';
import { ProviderCollection } from '../../../ProviderCollection';

const ON_EMULATORS = ['okta.group', 'aws.sts'];

/** All providers, of which those of Okta and AWS need not wait for what their emulators do not have: replicas, and late arrivals. */
export class PromptPeers extends ProviderCollection {
  addProvider(...providers: JitProvider[]): void {
    super.addProvider(
      ...providers.map(provider =>
        ON_EMULATORS.includes(provider.id) ? hurry(provider, {}) : provider,
      ),
    );
  }
}
