import { ConflictError } from '@backstage/errors';
import {
  JitProvider,
  JitProvidersExtensionPoint,
} from '@backstage-jit/plugin-jit-node';

/** The providers that modules add before the plugin starts. */
export class ProviderCollection implements JitProvidersExtensionPoint {
  readonly providers = new Map<string, JitProvider>();

  addProvider(...providers: JitProvider[]): void {
    for (const provider of providers) {
      if (this.providers.has(provider.id)) {
        throw new ConflictError(`There are two providers ${provider.id}`);
      }
      this.providers.set(provider.id, provider);
    }
  }
}
