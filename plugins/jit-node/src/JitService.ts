import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AccessRequest,
  Answer,
  CreatedRequest,
  CreateRequest,
  EndLease,
  ExtendedLease,
  ExtendLease,
  Lease,
  LeaseEvent,
  LeaseQuery,
  Offers,
  Page,
  PreviewedExtension,
  ProtectLease,
  RequestPreview,
  RequestQuery,
} from '@backstage-jit/plugin-jit-common';

/** @public */
export interface JitServiceOptions {
  /** The person on whose behalf the call is made. A plugin has no rights of its own to leases. */
  credentials: BackstageCredentials;
  /** Makes a repeated write safe: the second one gets the first one's answer, for 24 hours. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * What other backend plugins do with leases, on behalf of a person. Each lease and event shows which plugin it was (`via`).
 *
 * Every call throws a `ResponseError` of `@backstage/errors` for an answer that is not a success: 400 naming the field, 403 naming the
 * rule, 404 also for somebody else's lease, 409 naming the limit, 503 with what does not answer.
 *
 * @public
 */
export interface JitService {
  /** What the person could lease on an entity, or without one. */
  listOffers(
    query: { entityRef?: string },
    options: JitServiceOptions,
  ): Promise<Answer<Offers>>;

  createRequest(
    request: Omit<CreateRequest, 'dryRun'>,
    options: JitServiceOptions,
  ): Promise<Answer<CreatedRequest>>;

  /** What `createRequest` would do. Writes nothing. */
  previewRequest(
    request: Omit<CreateRequest, 'dryRun'>,
    options: JitServiceOptions,
  ): Promise<Answer<RequestPreview>>;

  getRequest(
    id: string,
    options: JitServiceOptions,
  ): Promise<Answer<CreatedRequest>>;

  /** The newest first. */
  listRequests(
    query: RequestQuery,
    options: JitServiceOptions,
  ): Promise<Page<AccessRequest>>;

  withdrawRequest(
    id: string,
    options: JitServiceOptions,
  ): Promise<Answer<CreatedRequest>>;

  /** The newest first. */
  listLeases(
    query: LeaseQuery,
    options: JitServiceOptions,
  ): Promise<Page<Lease>>;

  getLease(
    id: string,
    options: JitServiceOptions,
  ): Promise<Answer<{ lease: Lease }>>;

  /** The history of a lease, the oldest first. */
  listLeaseEvents(
    id: string,
    options: JitServiceOptions,
  ): Promise<Answer<{ items: LeaseEvent[] }>>;

  /** Moves the end at once, or asks people to approve that: then the answer has their request. */
  extendLease(
    id: string,
    extension: Omit<ExtendLease, 'dryRun'>,
    options: JitServiceOptions,
  ): Promise<Answer<ExtendedLease>>;

  /** What `extendLease` would do. Changes nothing. */
  previewExtension(
    id: string,
    extension: Omit<ExtendLease, 'dryRun'>,
    options: JitServiceOptions,
  ): Promise<Answer<PreviewedExtension>>;

  /** Keeps a lease for a while, or lifts what keeps it. */
  protectLease(
    id: string,
    protection: ProtectLease,
    options: JitServiceOptions,
  ): Promise<Answer<{ lease: Lease }>>;

  /** Asks for the end. The answer shows the lease as it is then, which need not be ended yet. */
  endLease(
    id: string,
    end: EndLease,
    options: JitServiceOptions,
  ): Promise<Answer<{ lease: Lease }>>;
}
