/**
 * What a provider keeps between its steps: small, JSON, free of secrets, with a version so that a later release can still read it.
 *
 * @public
 */
export interface ProviderHandle {
  v: number;
}
