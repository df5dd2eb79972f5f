import {
  ExtensionPreview,
  IssuedCredentials,
} from '@backstage-jit/plugin-jit-common';
import {
  LeaseFilter,
  LeaseVisibility,
} from '../database/operations/leases/listLeases';
import { LeaseCriteria } from '../database/operations/leases/whereMatches';
import { RequestView } from '../database/operations/requests/placeRequest';
import { Ledger } from '../database/Ledger';
import { PageOptions, RecordPage } from '../database/page';
import { LeaseEventRecord } from '../events/LeaseEventRecord';
import { Caller } from '../rights/Caller';
import { Instant, LeaseRecord } from './records';

/** What every call is made with. */
export interface CallOptions {
  caller: Caller;
}

/** What a call that writes is made with. */
export interface WriteOptions<TResult> extends CallOptions {
  /** Keeps the answer of the call, in the transaction of its effect. */
  also?: (ledger: Ledger, result: TResult, now: Instant) => Promise<void>;
}

/** Somebody who is in, as those see it who may read the target. */
export interface Presence {
  subject: string;
  profileTitle: string;
  expiresAt?: Instant;
  /** Whether approval was skipped. */
  breakGlass?: boolean;
}

/** How much later a lease shall end. */
export interface ExtensionOrder {
  leaseId: string;
  duration: unknown;
  /** For who decides about it; that of the lease when not given. */
  reason?: string;
}

/** A lease with its new end, or with the old one and the request that people decide about. */
export interface ExtendedLease {
  lease: LeaseRecord;
  request?: RequestView;
}

/** A lease as it is, and what would become of its end. */
export interface PreviewedExtension {
  lease: LeaseRecord;
  preview: ExtensionPreview;
}

/**
 * What may be done with leases.
 */
export interface LeaseService {
  /** @throws NotFoundError */
  getLease(id: string, options: CallOptions): Promise<LeaseRecord>;

  listLeases(
    query: {
      filter: LeaseFilter;
      page: PageOptions;
      visibleTo?: LeaseVisibility;
      criteria?: LeaseCriteria;
    },
    options: CallOptions,
  ): Promise<RecordPage<LeaseRecord>>;

  /** The oldest first. @throws NotFoundError */
  listEvents(
    query: { leaseId: string; after?: number; limit: number },
    options: CallOptions,
  ): Promise<LeaseEventRecord[]>;

  /**
   * Moves the end, or asks people to approve that.
   *
   * @throws NotFoundError InputError naming the latest end, ConflictError when it lost against the expiry; of what people decide about also
   * NotAllowedError naming the rule, and CatalogUnavailableError
   */
  extend(
    order: ExtensionOrder,
    options: WriteOptions<ExtendedLease>,
  ): Promise<ExtendedLease>;

  /** The same without any effect: what `extend` would refuse is in the answer. @throws NotFoundError InputError naming the field */
  previewExtension(
    order: ExtensionOrder,
    options: CallOptions,
  ): Promise<PreviewedExtension>;

  /**
   * Keeps it until an instant, or lifts what keeps it.
   *
   * @throws NotFoundError ConflictError when it cannot be protected; InputError naming the latest instant
   */
  protect(
    order: { leaseId: string; until: string | null; why?: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord>;

  /** @throws NotFoundError ConflictError when it has ended already */
  end(
    order: { leaseId: string; why?: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord>;

  /** @throws NotFoundError ConflictError when there is nothing to review, NotAllowedError for one's own */
  review(
    order: { leaseId: string; comment: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord>;

  /** @throws NotFoundError ConflictError when it has ended already */
  retry(
    order: { leaseId: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord>;

  /** @throws NotFoundError ConflictError ServiceUnavailableError; TooManyRequestsError when it is asked for too often */
  issueCredentials(
    order: { leaseId: string },
    options: CallOptions,
  ): Promise<IssuedCredentials>;

  /** @throws NotFoundError for a target that the caller cannot read */
  listPresence(
    query: { entityRef: string; criteria?: LeaseCriteria },
    options: CallOptions,
  ): Promise<Presence[]>;

  /** All infrastructure that lives, or may still be there, but that of profiles which hide who is in. */
  listEnvironments(options: CallOptions): Promise<LeaseRecord[]>;
}
