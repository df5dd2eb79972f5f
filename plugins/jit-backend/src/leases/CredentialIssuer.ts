import { ConflictError } from '@backstage/errors';
import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { Ledger } from '../database/Ledger';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { JitEngine } from '../engine/JitEngine';
import { Caller } from '../rights/Caller';
import { activityForm } from './activityForm';
import {
  ActivityToken,
  askForToken,
  createActivityToken,
} from './activityTokens';
import { MintLimiter } from './MintLimiter';
import { LeaseRecord } from './records';

/**
 * Gives out what a lease is used with: the provider's credentials, and for a lease that ends when it is not used a token to report use with, which
 * is all there is where the provider gives none.
 */
export class CredentialIssuer {
  readonly #ledger: Ledger;
  readonly #engine: JitEngine;
  readonly #providers: ReadonlyMap<string, JitProvider>;
  readonly #mints: MintLimiter;
  readonly #baseUrl: () => Promise<string>;

  constructor(options: {
    ledger: Ledger;
    engine: JitEngine;
    providers: ReadonlyMap<string, JitProvider>;
    mints: MintLimiter;
    /** Where the plugin is reached from outside. */
    baseUrl: () => Promise<string>;
  }) {
    this.#ledger = options.ledger;
    this.#engine = options.engine;
    this.#providers = options.providers;
    this.#mints = options.mints;
    this.#baseUrl = options.baseUrl;
  }

  /** @throws ConflictError ServiceUnavailableError; TooManyRequestsError when it is asked for too often */
  async issue(lease: LeaseRecord, caller: Caller): Promise<IssuedCredentials> {
    const { id: leaseId } = lease;
    if (lease.state !== 'active') {
      throw noCredentials(lease);
    }
    const token =
      lease.idleAfterMs === undefined ? undefined : createActivityToken();
    const baseUrl = await this.#baseUrl();
    return await this.#mints.run(leaseId, async () => {
      const issued = await this.#issueOwn(lease, caller, token);
      return token
        ? {
            ...issued,
            forms: [
              ...issued.forms,
              activityForm({ baseUrl, leaseId, token: token.token }),
            ],
          }
        : issued;
    });
  }

  async #issueOwn(
    lease: LeaseRecord,
    { actor, via }: Caller,
    token: ActivityToken | undefined,
  ): Promise<IssuedCredentials> {
    const provider = this.#providers.get(lease.provider);
    if (!token || !provider || provider.issueCredentials) {
      return await this.#engine.mint({
        leaseId: lease.id,
        actor,
        activityTokenHash: token?.hash,
      });
    }
    const [written] = await writeWishes(this.#ledger, {
      leaseIds: [lease.id],
      decide: (fresh, now) =>
        askForToken(fresh, { actor, via, now, hash: token.hash }),
    });
    if (written.state !== 'active' || written.expiresAt === undefined) {
      throw noCredentials(written);
    }
    return {
      expiresAt: new Date(written.expiresAt).toISOString(),
      forms: [],
    };
  }
}

function noCredentials({ id, state }: LeaseRecord): ConflictError {
  return new ConflictError(
    `Lease ${id} is not active (${state}): there are no credentials to issue`,
  );
}
