import {
  EndReason,
  ErrorClass,
  LeaseEventType,
  LeaseKind,
  LeaseState,
} from '@backstage-jit/plugin-jit-common';
import { SubjectProfile } from '@backstage-jit/plugin-jit-node';
import { JsonObject } from '@backstage/types';

/** An instant in epoch milliseconds by the database's clock. */
export type Instant = number;

/** What somebody, or the system, asked to happen to a live lease. Only the holder of the claim makes it so. */
export interface EndWish {
  reason: EndReason;
  actor: string;
  at: Instant;
  why?: string;
}

/** A failure in our own words. */
export interface Failure {
  class: ErrorClass;
  message: string;
  retryAfterMs?: number;
}

/** The place of a lease among those that are granted and end as one. */
export interface BundlePlace {
  /** Of the bundle in config. */
  id: string;
  title: string;
  /** 0 is granted first and ends last. */
  part: number;
  parts: number;
}

/** A later end that people decide about. */
export interface AskedExtension {
  requestId: string;
  /** The end when it was asked for. */
  from: Instant;
  /** How much later than that. */
  byMs: number;
}

/** What a lease costs and may cost: decimal numbers as text, because money is no float. */
export interface LeasePrice {
  perHour: string;
  currency: string;
  /** How long one like it would have stayed without a lease. */
  baselineMs?: number;
  budget?: string;
}

/** One row of the ledger: a lease with all that decisions about it need. */
export interface LeaseRecord {
  id: string;
  requestId: string;
  entitlementId: string;
  kind: LeaseKind;
  state: LeaseState;
  version: number;

  profileId: string;
  profileTitle: string;
  profileHash: string;
  provider: string;
  connection: string;
  parameters: JsonObject;

  requester: string;
  subject: string;
  /** What the provider asked for of the subject, as it was when the lease was asked for. */
  subjectProfile?: SubjectProfile;
  entityRef?: string;
  reason?: string;
  via?: string;

  /** What it was made for; a lease without one stands for itself from the beginning. */
  originType?: string;
  originId?: string;
  /** When it was known what became of that. */
  originSettledAt?: Instant;
  /** Since when nobody can tell. */
  originUnknownSince?: Instant;
  /** When operators were told so. */
  originToldAt?: Instant;

  /** True when approval and eligibility were skipped. */
  breakGlass?: true;
  /** When somebody else has to have looked at that. */
  reviewDueAt?: Instant;
  reviewedAt?: Instant;
  reviewedBy?: string;
  /** What those who can review it were reminded of last. */
  reviewTold?: 'due-soon' | 'overdue';
  /** Since when somebody is to be told that the glass was broken; cleared once everybody was. */
  untoldSince?: Instant;

  /** The other parts have the same `requestId`. */
  bundle?: BundlePlace;
  /** True until all the parts before it are active. */
  awaitsParts?: boolean;

  durationMs: number;
  grantWithinMs: number;
  extensionsLeft: number;
  /** The latest end that extensions may reach; set when the lease becomes active. */
  extensibleUntil?: Instant;
  /** From `active` to the latest end that extensions may reach. */
  maximumLifeMs: number;
  /** A later end that waits for approval; none once that is decided. */
  extensionAsked?: AskedExtension;

  /** Ends when it was not used for so long; however long when not given. */
  idleAfterMs?: number;
  /** How long before that its people are warned. */
  idleWarnMs?: number;
  /** How long after it became active a protection may reach; not at all when not given. */
  protectMaximumMs?: number;
  price?: LeasePrice;
  /** How long a last copy is kept after its end; none when not given. */
  keepMs?: number;

  requestedAt: Instant;
  startsAt: Instant;
  /** When a grant that is not done becomes a failed one; set on entering `granting`. */
  grantDueAt?: Instant;
  grantedAt?: Instant;
  expiresAt?: Instant;
  endedAt?: Instant;
  verifiedAt?: Instant;
  /** False when the provider cannot look whether the thing is gone. */
  verified?: false;

  endReason?: EndReason;
  endWish?: EndWish;
  aliveUntil?: Instant;
  residual?: string;
  kept?: 'shared' | 'held-before';
  /** Until when its last copy stays; set once that is made. */
  keptUntil?: Instant;
  /** The lease whose last copy it takes over, on the same entitlement. */
  restores?: string;

  /** The last real use that was seen or reported. */
  lastActivityAt?: Instant;
  /** Up to when use would have been seen. */
  activitySeenUntil?: Instant;
  /** What the outside system had counted then. */
  activityCounter?: string;
  /** SHA-256 in hex of the tokens that may report use. */
  activityTokens?: string[];
  /** When its people were warned that it is not used. */
  idleWarnedAt?: Instant;
  /** Until then neither its clock nor idleness ends it. */
  protectedUntil?: Instant;
  /** When its people were told that the budget runs out. */
  budgetWarnedAt?: Instant;

  handle?: JsonObject & { v: number };
  /** How to reach the thing, in the provider's terms; no secrets. */
  facts?: Record<string, string>;
  attempts: number;
  /** Before this no further outside call for this lease. */
  retryAt?: Instant;
  lastError?: { class: ErrorClass; message: string; at: Instant };
  blockers?: string[];
  /** Progress in the provider's words. */
  note?: string;
  /** When this lease next needs the engine; undefined when it is finished. */
  nextActionAt?: Instant;
  /** When operators were told that it is stuck; cleared when it moves again. */
  stuckSince?: Instant;
  /** The end that its people were told of. */
  endTold?: Instant;
  /** When the subject was first seen without the right to it. */
  ineligibleSince?: Instant;

  eventSequence: number;
  eventHead: string;
}

/** The operations that reach a provider, and the one that reaches the catalog. */
export type Operation =
  | 'eligibility'
  | 'look-before'
  | 'grant'
  | 'extend'
  | 'mint'
  | 'keep'
  | 'revoke'
  | 'inspect';

/** A call whose intent is committed and whose outcome is not. */
export interface PendingCall {
  operation: Operation;
  leaseId: string;
  startedAt: Instant;
  /** When it can no longer take effect: its deadline and the provider's settle time after it. */
  landsUntil: Instant;
  /** The expiry handed to the outside system with it. */
  notAfter?: Instant;
}

/** The outside thing that one lease has for itself, or several share. */
export interface EntitlementRecord {
  id: string;
  connection: string;
  provider: string;
  shared: boolean;
  externalName: string;
  /** Whether the subject held it before any lease; undefined until it was looked up. */
  heldBefore?: boolean;
  /** Whether a grant was ever sent: before that nothing of ours can exist outside. */
  attempted: boolean;
  /** Of the system behind the connection when the first call about it was made. */
  identity?: string;
  call?: PendingCall;
  /** Until then an earlier call of unknown outcome may still take effect. */
  fenceUntil?: Instant;
  /** What the removal does next; undefined while the thing is wanted. */
  removal?: 'keep' | 'revoke' | 'inspect';
  /** When it was first seen absent. */
  absentSince?: Instant;
  /** The expiry that the outside system is known to have. */
  outsideUntil?: Instant;
}

/** An entitlement with all its unfinished leases: the unit that is claimed and decided about. */
export interface EntitlementView {
  entitlement: EntitlementRecord;
  leases: LeaseRecord[];
  /** The other parts of the leases' bundles, in any state, as they are under the same lock. Only read. */
  otherParts?: readonly LeaseRecord[];
}

/** A line of a lease's history before it has its place in the chain. */
export interface EventDraft {
  leaseId: string;
  type: LeaseEventType;
  actor: string;
  from?: LeaseState;
  to?: LeaseState;
  why?: string;
  data?: JsonObject;
}
