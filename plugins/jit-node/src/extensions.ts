import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { JitProvider } from './provider';

/** @public */
export interface JitProvidersExtensionPoint {
  /**
   * Makes providers available to profiles.
   *
   * @throws ConflictError when a provider of the same id is there already.
   */
  addProvider(...providers: JitProvider[]): void;
}

/**
 * Where a backend module adds its providers.
 *
 * @public
 */
export const jitProvidersExtensionPoint =
  createExtensionPoint<JitProvidersExtensionPoint>({ id: 'jit.providers' });
