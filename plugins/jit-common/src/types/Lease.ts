import { JsonObject } from '@backstage/types';
import { AskedExtension } from './extensions';
import { EndReason, LeaseKind, LeaseState } from './states';

/**
 * How a failure of an outside system is classified.
 *
 * - `retryable`: may pass by itself.
 * - `rate-limited`: the system named a time to come back at.
 * - `misconfigured`: a person must act first.
 * - `connection`: the system as a whole is away, not this one lease.
 * - `unknown-outcome`: the call may or may not have taken effect, or may yet.
 *
 * @public
 */
export type ErrorClass =
  | 'retryable'
  | 'rate-limited'
  | 'misconfigured'
  | 'connection'
  | 'unknown-outcome';

/**
 * A failure as it may be shown: a classified text of our own, never a driver's message.
 *
 * @public
 */
export interface LeaseError {
  class: ErrorClass;
  message: string;
  /** ISO 8601. */
  at: string;
}

/**
 * When a lease ends because nobody uses what it gives.
 *
 * @public
 */
export interface LeaseIdle {
  afterMs: number;
  /** How long before that its people are warned. */
  warnMs?: number;
  /** When it ends if it is not used until then, ISO 8601. Given while the lease is active. */
  endsAt?: string;
}

/**
 * What a lease has cost since it became active. Amounts are decimal numbers as text, such as `0.35`.
 *
 * @public
 */
export interface LeaseCost {
  /** Until now, or until the thing was seen to be gone or was closed for a last copy; where nobody can look, until its end. */
  amount: string;
  perHour: string;
  /** ISO 4217, such as `EUR`. */
  currency: string;
  /** The most it may cost. */
  budget?: string;
  /** When the budget is spent and the lease ends, whatever its other ends are; ISO 8601. Given while the lease is active. */
  endsAt?: string;
  /** Given once it costs nothing any more. */
  saved?: LeaseSaving;
}

/**
 * What was not spent because a thing was leased, in the currency of its cost. The two have no hour in common.
 *
 * @public
 */
export interface LeaseSaving {
  /** From its real end to the one that its clock had. */
  reclaimed: string;
  /** From the end that its clock had to the baseline; given with a baseline. */
  avoided?: string;
  /** How long one like it would have stayed without a lease, as its profile says. */
  baselineMs?: number;
}

/**
 * What somebody else has to look at, because nobody approved it.
 *
 * @public
 */
export interface LeaseBreakGlass {
  /** ISO 8601. From then on its subject cannot do it again until it is done. */
  reviewDueAt: string;
  reviewedAt?: string;
  /** An entity ref. */
  reviewedBy?: string;
  /** Set when somebody is to be told of it and was not within two minutes: since when, ISO 8601. */
  undeliveredSince?: string;
}

/**
 * The place of a lease among those that are granted and end as one.
 *
 * @public
 */
export interface LeaseBundle {
  id: string;
  title: string;
  /** 1 is granted first and ends last. */
  part: number;
  parts: number;
  /** True until all the parts before it are active. */
  waiting: boolean;
}

/**
 * What a lease was made for, a task of the scaffolder for example. When that fails or vanishes, the lease ends (`failed`).
 *
 * @public
 */
export interface OriginRef {
  type: string;
  id: string;
}

/** @public */
export interface LeaseOrigin extends OriginRef {
  /** True once it is known what became of it: from then on the lease stands for itself. */
  settled: boolean;
  /** Since when nobody can tell what became of it, ISO 8601. That ends nothing. */
  unknownSince?: string;
}

/**
 * A lease as the API shows it. Every instant is ISO 8601 in UTC, by the database's clock.
 *
 * @public
 */
export interface Lease {
  id: string;
  requestId: string;
  kind: LeaseKind;
  state: LeaseState;
  endReason?: EndReason;
  /** True when five attempts failed, or the next transition is ten minutes late. */
  stuck: boolean;
  profileId: string;
  profileTitle: string;
  profileHash: string;
  provider: string;
  connection: string;
  entityRef?: string;
  requester: string;
  subject: string;
  reason?: string;
  parameters: JsonObject;
  /** How long the lease lasts once active, in milliseconds. */
  durationMs: number;
  requestedAt: string;
  startsAt?: string;
  grantedAt?: string;
  expiresAt?: string;
  endedAt?: string;
  /** When the outside thing was seen to be gone. */
  verifiedAt?: string;
  /** False when it was taken back, and nobody can look whether it is gone; then there is no `verifiedAt`. */
  verified?: false;
  /** When what is still alive outside provably dies by itself. */
  aliveUntil?: string;
  /** What nobody can take back or see, in the provider's words. */
  residual?: string;
  /** How to reach what was granted, in the provider's terms: host, port, database. Never a secret. */
  facts?: Record<string, string>;
  /**
   * Until when a last copy of what it gave is kept, which nobody can get into. Set once that is made; the lease stays `revoking` until the copy is gone,
   * too.
   */
  keptUntil?: string;
  /** Set when the outside thing was left in place on purpose: held by others, or before. */
  kept?: 'shared' | 'held-before';
  /** The lease whose last copy it took over, or is to take over. */
  restores?: string;
  /** Progress while it is made or taken back, in the provider's words. */
  note?: string;
  /** Set once somebody, or the system, asked for its end: the engine makes it so. */
  endAskedFor?: {
    /** ISO 8601. */
    at: string;
    /** An entity ref, or `system:<part>` for automation. */
    by: string;
    reason: EndReason;
  };
  attempts: number;
  nextActionAt?: string;
  lastError?: LeaseError;
  blockers?: string[];
  /** How often the end may still be moved. */
  extensionsLeft: number;
  /** The latest end an extension may reach. */
  extensibleUntil?: string;
  /** How much later than now, at a time, people could approve the end to be, beyond what is moved at once; in milliseconds. */
  extensibleByApprovalMs?: number;
  /** The later end that people decide about. Until they have, the lease ends at `expiresAt`. */
  extensionAsked?: AskedExtension;
  /** Given when it ends for not being used. */
  idle?: LeaseIdle;
  /** The last real use that was seen or reported. */
  lastActivityAt?: string;
  /** Until then neither its clock nor idleness ends it. */
  protectedUntil?: string;
  /** The latest instant that a protection may reach, where the profile allows one. */
  protectableUntil?: string;
  cost?: LeaseCost;
  /** Who is marked as having acted for the requester, an agent for example. */
  via?: string;
  /** Set when the lease was made for something that is not over yet, or was not when the lease was made. */
  origin?: LeaseOrigin;
  /** Set when approval and eligibility were skipped in an emergency. */
  breakGlass?: LeaseBreakGlass;
  /** Set for a part of a bundle. The other parts have the same `requestId`. */
  bundle?: LeaseBundle;
  version: number;
}

/** @public */
export interface LeaseEvent {
  leaseId: string;
  /** Counts from 1 within a lease, without gaps. */
  sequence: number;
  at: string;
  /** One of {@link LEASE_EVENT_TYPES}, or of a later release. */
  type: string;
  /** An entity ref, or `system:<part>` for automation. */
  actor: string;
  from?: LeaseState;
  to?: LeaseState;
  why?: string;
  data?: JsonObject;
}

/** @public */
export interface PresenceEntry {
  subject: string;
  profileTitle: string;
  expiresAt?: string;
  /** True for who went in without approval, in an emergency. */
  breakGlass?: boolean;
}
