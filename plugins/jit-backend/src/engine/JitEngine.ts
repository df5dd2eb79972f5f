import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';

/** What the rest of the backend may ask of the engine: the only part that calls providers. */
export interface JitEngine {
  /** Something may be due now. Never throws; cheap. */
  wake(): void;

  /**
   * Makes fresh credentials for an active lease.
   *
   * @throws ConflictError when the lease is not active, or its provider issues none
   * @throws ServiceUnavailableError when there is no answer in time, with what to do
   */
  mint(options: {
    leaseId: string;
    /** An entity ref, for the lease's history. */
    actor: string;
    /** Of a token that is given out with them, to report use with. */
    activityTokenHash?: string;
  }): Promise<IssuedCredentials>;
}
