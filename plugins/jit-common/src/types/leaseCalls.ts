import { LeaseKind, LeaseState } from './states';

/**
 * Which leases to list. What is given must all hold.
 *
 * @public
 */
export interface LeaseQuery {
  /** Any of these. */
  state?: LeaseState[];
  kind?: LeaseKind;
  entityRef?: string;
  /** An entity ref, or `me`. */
  requester?: string;
  /** An entity ref, or `me`. */
  subject?: string;
  profileId?: string;
  connection?: string;
  requestId?: string;
  stuck?: boolean;
  /** Only those that went in without approval and that nobody has looked at yet. */
  reviewDue?: true;
  /** ISO 8601. Only those that were not over before this. */
  from?: string;
  /** ISO 8601. Only those that were asked for before this. */
  to?: string;
  /** From the page before. */
  cursor?: string;
  /** 1 to 200; 50 when not given. */
  limit?: number;
}

/**
 * Which part of the trail to export.
 *
 * @public
 */
export interface TrailQuery {
  /** The first instant, ISO 8601. */
  from?: string;
  /** The instant after the last, ISO 8601. */
  to?: string;
  /** `jsonl` when not given. */
  format?: 'jsonl' | 'csv';
}

/** @public */
export interface ProtectLease {
  /** Before this, ISO 8601, neither its clock nor idleness ends the lease. Null, or an instant that is over, lifts the protection. */
  until: string | null;
  /** For the history. */
  why?: string;
}

/** @public */
export interface ReviewLease {
  /** What was found. */
  comment: string;
}

/** @public */
export interface EndLease {
  /** For the history. */
  why?: string;
}
