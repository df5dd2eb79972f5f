import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { Environment, JitClient } from '@backstage-jit/plugin-jit-common';
import { z } from 'zod';

const TIMEOUT_MS = 10_000;

const answer = z.object({
  items: z.array(
    z.object({
      leaseId: z.uuid(),
      title: z.string().min(1),
      profileId: z.string(),
      provider: z.string(),
      entityRef: z.string().optional(),
      requester: z.string(),
      grantedAt: z.iso.datetime(),
      expiresAt: z.iso.datetime().optional(),
    }),
  ),
});

/** The environments that live. */
export interface Environments {
  /** All of them. @throws when they cannot be read, or not all */
  list(): Promise<Environment[]>;
}

/** Asks the jit backend over HTTP, wherever it runs, as the catalog itself. */
export class HttpEnvironments implements Environments {
  readonly #auth: AuthService;
  readonly #client: JitClient;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#client = new JitClient({ discoveryApi: options.discovery });
  }

  async list(): Promise<Environment[]> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'jit',
    });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return answer.parse(await this.#client.listEnvironments({ token, signal }))
      .items;
  }
}
