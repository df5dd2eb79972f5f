import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import {
  CreateRequest,
  EndLease,
  ExtendLease,
  JitClient,
  JitRequestOptions,
  LeaseQuery,
  ProtectLease,
  RequestQuery,
} from '@backstage-jit/plugin-jit-common';
import { JitService, JitServiceOptions } from './JitService';

/** Calls the jit backend over HTTP, wherever it runs, with tokens for the person on whose behalf it is called. */
export class DefaultJitService implements JitService {
  readonly #auth: AuthService;
  readonly #client: JitClient;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#client = new JitClient({ discoveryApi: options.discovery });
  }

  async listOffers(query: { entityRef?: string }, options: JitServiceOptions) {
    return this.#client.listOffers(query, await this.#sign(options));
  }

  async createRequest(
    request: Omit<CreateRequest, 'dryRun'>,
    options: JitServiceOptions,
  ) {
    return this.#client.createRequest(request, await this.#sign(options));
  }

  async previewRequest(
    request: Omit<CreateRequest, 'dryRun'>,
    options: JitServiceOptions,
  ) {
    return this.#client.previewRequest(request, await this.#sign(options));
  }

  async getRequest(id: string, options: JitServiceOptions) {
    return this.#client.getRequest(id, await this.#sign(options));
  }

  async listRequests(query: RequestQuery, options: JitServiceOptions) {
    return this.#client.listRequests(query, await this.#sign(options));
  }

  async withdrawRequest(id: string, options: JitServiceOptions) {
    return this.#client.withdrawRequest(id, await this.#sign(options));
  }

  async listLeases(query: LeaseQuery, options: JitServiceOptions) {
    return this.#client.listLeases(query, await this.#sign(options));
  }

  async getLease(id: string, options: JitServiceOptions) {
    return this.#client.getLease(id, await this.#sign(options));
  }

  async listLeaseEvents(id: string, options: JitServiceOptions) {
    return this.#client.listLeaseEvents(id, await this.#sign(options));
  }

  async extendLease(
    id: string,
    extension: Omit<ExtendLease, 'dryRun'>,
    options: JitServiceOptions,
  ) {
    return this.#client.extendLease(id, extension, await this.#sign(options));
  }

  async previewExtension(
    id: string,
    extension: Omit<ExtendLease, 'dryRun'>,
    options: JitServiceOptions,
  ) {
    return this.#client.previewExtension(
      id,
      extension,
      await this.#sign(options),
    );
  }

  async protectLease(
    id: string,
    protection: ProtectLease,
    options: JitServiceOptions,
  ) {
    return this.#client.protectLease(id, protection, await this.#sign(options));
  }

  async endLease(id: string, end: EndLease, options: JitServiceOptions) {
    return this.#client.endLease(id, end, await this.#sign(options));
  }

  async #sign(options: JitServiceOptions): Promise<JitRequestOptions> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: options.credentials,
      targetPluginId: 'jit',
    });
    const { idempotencyKey, signal } = options;
    return { token, idempotencyKey, signal };
  }
}
