import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import {
  LeaseFilter,
  LeaseVisibility,
} from '../database/operations/leases/listLeases';
import { LeaseCriteria } from '../database/operations/leases/whereMatches';
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

  /** @throws NotFoundError InputError naming the latest end, ConflictError when it lost against the expiry */
  extend(
    order: { leaseId: string; duration: unknown },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord>;

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
