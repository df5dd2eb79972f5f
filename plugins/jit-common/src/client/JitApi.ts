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

/** @public */
export interface JitRequestOptions {
  /** Sent as the bearer token. Not needed where the fetch API adds one. */
  token?: string;
  /** Makes a repeated write safe: the second one gets the first one's answer, for 24 hours. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * All calls of the jit backend. Each throws a `ResponseError` of `@backstage/errors` for an answer that is not a success; its
 * `statusCode` and `body.error` tell what was refused and why.
 *
 * @public
 */
export interface JitApi {
  /** Who calls, and whether as an operator. */
  getMe(options?: JitRequestOptions): Promise<Answer<Me>>;

  /** What the caller could lease on an entity, or without one; while the catalog does not answer, what they could break the glass for. */
  listOffers(
    query: { entityRef?: string },
    options?: JitRequestOptions,
  ): Promise<Answer<Offers>>;

  createRequest(
    request: Omit<CreateRequest, 'dryRun'>,
    options?: JitRequestOptions,
  ): Promise<Answer<CreatedRequest>>;

  /** What `createRequest` would do. Writes nothing. */
  previewRequest(
    request: Omit<CreateRequest, 'dryRun'>,
    options?: JitRequestOptions,
  ): Promise<Answer<RequestPreview>>;

  /** The newest first. */
  listRequests(
    query?: RequestQuery,
    options?: JitRequestOptions,
  ): Promise<Page<AccessRequest>>;

  getRequest(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<CreatedRequest>>;

  decideRequest(
    id: string,
    decision: RequestDecision,
    options?: JitRequestOptions,
  ): Promise<Answer<CreatedRequest>>;

  withdrawRequest(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<CreatedRequest>>;

  /** The newest first. */
  listLeases(
    query?: LeaseQuery,
    options?: JitRequestOptions,
  ): Promise<Page<Lease>>;

  getLease(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>>;

  /** The history of a lease, the oldest first. */
  listLeaseEvents(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<{ items: LeaseEvent[] }>>;

  /** Moves the end at once, or asks people to approve that: then the answer has their request. */
  extendLease(
    id: string,
    extension: Omit<ExtendLease, 'dryRun'>,
    options?: JitRequestOptions,
  ): Promise<Answer<ExtendedLease>>;

  /** What `extendLease` would do. Changes nothing. */
  previewExtension(
    id: string,
    extension: Omit<ExtendLease, 'dryRun'>,
    options?: JitRequestOptions,
  ): Promise<Answer<PreviewedExtension>>;

  /** Keeps a lease for a while, or lifts what keeps it. */
  protectLease(
    id: string,
    protection: ProtectLease,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>>;

  /** Asks for the end. The answer shows the lease as it is then, which need not be ended yet. */
  endLease(
    id: string,
    end?: EndLease,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>>;

  /** Says that one has looked at what went in without approval. Not for one's own. */
  reviewLease(
    id: string,
    review: ReviewLease,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>>;

  /** Fresh credentials, for the subject alone. Those given out before may stop to work. */
  issueCredentials(
    id: string,
    options?: Omit<JitRequestOptions, 'idempotencyKey'>,
  ): Promise<Answer<{ credentials: IssuedCredentials }>>;

  /** Operators: has the engine try again now. */
  retryLease(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<{ lease: Lease }>>;

  /** Who is in. */
  listPresence(
    query: { entityRef: string },
    options?: JitRequestOptions,
  ): Promise<Answer<{ items: PresenceEntry[] }>>;

  /** Operators. */
  stop(
    order: StopOrder,
    options?: JitRequestOptions,
  ): Promise<Answer<StopOutcome>>;

  /** Operators: the stops that are open, the newest first. */
  listStops(options?: JitRequestOptions): Promise<Answer<{ items: Stop[] }>>;

  /** Operators. */
  liftStop(
    id: string,
    options?: JitRequestOptions,
  ): Promise<Answer<{ stop: Stop }>>;

  /**
   * Operators: lets the next pass of reconcile over a connection do what the last one held back.
   */
  allowReconcile(
    connection: string,
    options?: JitRequestOptions,
  ): Promise<Answer<object>>;

  /** Operators: how the connections are. */
  listConnections(
    options?: JitRequestOptions,
  ): Promise<Answer<{ items: ConnectionHealth[] }>>;

  /**
   * Operators: the trail in order of time, as text that comes bit by bit. JSON lines are whole when the last one is `{"end": …}`.
   */
  exportEvents(
    query: TrailQuery,
    options?: JitRequestOptions,
  ): AsyncIterable<string>;

  /** Operators. */
  getStats(options?: JitRequestOptions): Promise<Answer<{ stats: JitStats }>>;
}
