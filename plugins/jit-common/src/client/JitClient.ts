import { ResponseError } from '@backstage/errors';
import { Environment } from '../environments';
import { JitApi, JitRequestOptions } from './JitApi';
import {
  AccessRequest,
  Answer,
  ConnectionHealth,
  CreatedRequest,
  CreateRequest,
  EndLease,
  ExtendedLease,
  ExtendLease,
  IssuedCredentials,
  JitStats,
  Lease,
  LeaseEvent,
  LeaseQuery,
  Me,
  Offers,
  Page,
  PresenceEntry,
  PreviewedExtension,
  ProtectLease,
  RequestDecision,
  RequestPreview,
  RequestQuery,
  ReviewLease,
  Stop,
  StopOrder,
  StopOutcome,
  TrailQuery,
} from '../types';
import { readText } from './readText';

type Query = Record<string, string | number | boolean | string[] | undefined>;

interface Call {
  method: 'GET' | 'POST';
  /** Already encoded. */
  path: string;
  query?: Query;
  body?: object;
  options?: JitRequestOptions;
}

/**
 * Talks to the jit backend over HTTP, in browsers and in backends.
 *
 * @public
 */
export class JitClient implements JitApi {
  private readonly discoveryApi: {
    getBaseUrl(pluginId: string): Promise<string>;
  };
  private readonly fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    /** The global fetch when not given. */
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi ?? { fetch: (...args) => fetch(...args) };
  }

  async getMe(options?: JitRequestOptions): Promise<Answer<Me>> {
    return this.get('/me', options);
  }

  async listOffers(
    query: { entityRef?: string },
    options?: JitRequestOptions,
  ): Promise<Answer<Offers>> {
    return this.get('/profiles', options, { entityRef: query.entityRef });
  }

  async createRequest(
    request: Omit<CreateRequest, 'dryRun'>,
    options?: JitRequestOptions,
  ): Promise<Answer<CreatedRequest>> {
    return this.post('/requests', options, request);
  }

  async previewRequest(
    request: Omit<CreateRequest, 'dryRun'>,
    options?: JitRequestOptions,
  ): Promise<Answer<RequestPreview>> {
    return this.post('/requests', options, { ...request, dryRun: true });
  }

  async listRequests(
    query?: RequestQuery,
    options?: JitRequestOptions,
  ): Promise<Page<AccessRequest>> {
    return this.get('/requests', options, { ...query });
  }

  async getRequest(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<CreatedRequest>> {
    return this.get(`/requests/${encodeURIComponent(id)}`, options);
  }

  async decideRequest(
    id: string,
    decision: RequestDecision,
    options?: JitRequestOptions,
  ): Promise<Answer<CreatedRequest>> {
    return this.post(
      `/requests/${encodeURIComponent(id)}/decisions`,
      options,
      decision,
    );
  }

  async withdrawRequest(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<CreatedRequest>> {
    return this.post(`/requests/${encodeURIComponent(id)}/withdraw`, options);
  }

  async listLeases(
    query?: LeaseQuery,
    options?: JitRequestOptions,
  ): Promise<Page<Lease>> {
    return this.get('/leases', options, { ...query });
  }

  async getLease(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>> {
    return this.get(`/leases/${encodeURIComponent(id)}`, options);
  }

  async listLeaseEvents(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<{ items: LeaseEvent[] }>> {
    return this.get(`/leases/${encodeURIComponent(id)}/events`, options);
  }

  async extendLease(
    id: string,
    extension: Omit<ExtendLease, 'dryRun'>,
    options?: JitRequestOptions,
  ): Promise<Answer<ExtendedLease>> {
    return this.post(
      `/leases/${encodeURIComponent(id)}/extend`,
      options,
      extension,
    );
  }

  async previewExtension(
    id: string,
    extension: Omit<ExtendLease, 'dryRun'>,
    options?: JitRequestOptions,
  ): Promise<Answer<PreviewedExtension>> {
    return this.post(`/leases/${encodeURIComponent(id)}/extend`, options, {
      ...extension,
      dryRun: true,
    });
  }

  async protectLease(
    id: string,
    protection: ProtectLease,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>> {
    return this.post(
      `/leases/${encodeURIComponent(id)}/protect`,
      options,
      protection,
    );
  }

  async endLease(
    id: string,
    end?: EndLease,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>> {
    return this.post(`/leases/${encodeURIComponent(id)}/end`, options, end);
  }

  async reviewLease(
    id: string,
    review: ReviewLease,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>> {
    return this.post(
      `/leases/${encodeURIComponent(id)}/review`,
      options,
      review,
    );
  }

  async issueCredentials(
    id: string,
    options?: Omit<JitRequestOptions, 'idempotencyKey'>,
  ): Promise<Answer<{ credentials: IssuedCredentials }>> {
    return this.post(`/leases/${encodeURIComponent(id)}/credentials`, options);
  }

  async retryLease(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>> {
    return this.post(`/leases/${encodeURIComponent(id)}/retry`, options);
  }

  async listPresence(
    query: { entityRef: string },
    options?: JitRequestOptions,
  ): Promise<Answer<{ items: PresenceEntry[] }>> {
    return this.get('/presence', options, { entityRef: query.entityRef });
  }

  /** What the catalog, and nobody else, is told of live infrastructure. All of it. */
  async listEnvironments(
    options?: JitRequestOptions,
  ): Promise<Answer<{ items: Environment[] }>> {
    return this.get('/environments', options);
  }

  async stop(
    order: StopOrder,
    options?: JitRequestOptions,
  ): Promise<Answer<StopOutcome>> {
    return this.post('/stop', options, order);
  }

  async listStops(
    options?: JitRequestOptions,
  ): Promise<Answer<{ items: Stop[] }>> {
    return this.get('/stops', options);
  }

  async liftStop(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<{ stop: Stop }>> {
    return this.post(`/stops/${encodeURIComponent(id)}/lift`, options);
  }

  async allowReconcile(
    connection: string,
    options?: JitRequestOptions,
  ): Promise<Answer<object>> {
    return this.post(
      `/providers/${encodeURIComponent(connection)}/allow-reconcile`,
      options,
    );
  }

  async listConnections(
    options?: JitRequestOptions,
  ): Promise<Answer<{ items: ConnectionHealth[] }>> {
    return this.get('/providers', options);
  }

  async getStats(
    options?: JitRequestOptions,
  ): Promise<Answer<{ stats: JitStats }>> {
    return this.get('/stats', options);
  }

  async *exportEvents(
    query: TrailQuery,
    options?: JitRequestOptions,
  ): AsyncGenerator<string> {
    yield* readText(
      await this.fetch({
        method: 'GET',
        path: '/events/export',
        query: { ...query },
        options,
      }),
    );
  }

  private async get<T>(
    path: string,
    options?: JitRequestOptions,
    query?: Query,
  ): Promise<T> {
    return this.send({ method: 'GET', path, query, options });
  }

  private async post<T>(
    path: string,
    options?: JitRequestOptions,
    body: object = {},
  ): Promise<T> {
    return this.send({ method: 'POST', path, body, options });
  }

  private async send<T>(call: Call): Promise<T> {
    const response = await this.fetch(call);
    return response.json();
  }

  private async fetch(call: Call): Promise<Response> {
    const { method, path, query, body, options } = call;
    const baseUrl = await this.discoveryApi.getBaseUrl('jit');
    const response = await this.fetchApi.fetch(
      `${baseUrl}/v1${path}${toSearch(query)}`,
      {
        method,
        headers: {
          ...(body && { 'Content-Type': 'application/json' }),
          ...(options?.token && { Authorization: `Bearer ${options.token}` }),
          ...(options?.idempotencyKey && {
            'Idempotency-Key': options.idempotencyKey,
          }),
        },
        body: body && JSON.stringify(body),
        signal: options?.signal,
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function toSearch(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const each of [value].flat()) {
      if (each !== undefined) {
        search.append(key, String(each));
      }
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}
