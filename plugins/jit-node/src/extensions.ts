import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { JitContextSource } from './contextSource';
import { JitOrigin } from './origin';
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

/** @public */
export interface JitOriginsExtensionPoint {
  /**
   * Lets leases be made for a kind of thing.
   *
   * @throws ConflictError when there is one of the same type already.
   */
  addOrigin(...origins: JitOrigin[]): void;
}

/**
 * Where a backend module says what leases can be made for.
 *
 * @public
 */
export const jitOriginsExtensionPoint =
  createExtensionPoint<JitOriginsExtensionPoint>({ id: 'jit.origins' });

/** @public */
export interface JitContextSourcesExtensionPoint {
  /**
   * Makes a type of `jit.contextSources` available. `on-call` and `ticket` are there already.
   *
   * @throws ConflictError when there is one of the same type already.
   */
  addContextSource(...sources: JitContextSource[]): void;
}

/**
 * Where a backend module adds conditions under which leases are granted at once.
 *
 * @public
 */
export const jitContextSourcesExtensionPoint =
  createExtensionPoint<JitContextSourcesExtensionPoint>({
    id: 'jit.context-sources',
  });
