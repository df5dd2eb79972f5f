import { HumanDuration, JsonObject, JsonPrimitive } from '@backstage/types';

/**
 * Where a lease stands.
 *
 * - `requested`: waits for a decision. Nothing exists outside.
 * - `denied`, `withdrawn`, `lapsed`: ended before anything existed outside.
 * - `approved`: will be granted at `startsAt`.
 * - `granting`: the outside thing is being made, or may be.
 * - `active`: usable until `expiresAt`.
 * - `revoking`: being taken back; something may still be alive outside.
 * - `revoked`: seen to be gone outside.
 *
 * @public
 */
export type LeaseState =
  | 'requested'
  | 'denied'
  | 'withdrawn'
  | 'lapsed'
  | 'approved'
  | 'granting'
  | 'active'
  | 'revoking'
  | 'revoked';

/**
 * The states in which nothing more will happen by itself.
 *
 * @public
 */
export const FINAL_LEASE_STATES: readonly LeaseState[] = [
  'denied',
  'withdrawn',
  'lapsed',
  'revoked',
];

/** @public */
export type LeaseKind = 'access' | 'infrastructure';

/**
 * Why a lease went to `revoking`, or ended before it was granted.
 *
 * @public
 */
export type EndReason =
  | 'expired'
  | 'returned'
  | 'ended'
  | 'idle'
  | 'failed'
  | 'denied'
  | 'ineligible'
  | 'offboarded'
  | 'stopped'
  | 'budget'
  | 'removed-outside'
  | 'resurrected'
  | 'orphaned';

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

/**
 * Who calls.
 *
 * @public
 */
export interface Me {
  /** Not given for a token that stands for nobody. */
  userEntityRef?: string;
  /** Whether the caller may do what operators do. */
  operator: boolean;
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

/** @public */
export interface LeaseOrigin extends OriginRef {
  /** True once it is known what became of it: from then on the lease stands for itself. */
  settled: boolean;
  /** Since when nobody can tell what became of it, ISO 8601. That ends nothing. */
  unknownSince?: string;
}

/** @public */
export interface LeaseEvent {
  leaseId: string;
  /** Counts from 1 within a lease, without gaps. */
  sequence: number;
  at: string;
  type: string;
  /** An entity ref, or `system:<part>` for automation. */
  actor: string;
  from?: LeaseState;
  to?: LeaseState;
  why?: string;
  data?: JsonObject;
}

/** @public */
export type RequestState =
  | 'pending'
  | 'approved'
  | 'denied'
  | 'withdrawn'
  | 'lapsed';

/** @public */
export interface AccessRequest {
  id: string;
  state: RequestState;
  requester: string;
  subject: string;
  reason?: string;
  requestedAt: string;
  decidedAt?: string;
  startsAt?: string;
  /** When it lapses if it is not decided until then, ISO 8601. Given while it waits. */
  lapsesAt?: string;
  /** The approval steps of the request, decided one after the other; empty when it was granted by rule. */
  steps: ApprovalStepStatus[];
  /** Raised each time what is asked for changes; a decision names the one it saw. */
  revision: number;
  /** What the present revision made different, when the rules changed under the request: it goes round again. */
  changes?: RulesChange[];
  /** True when approval and eligibility were skipped. */
  breakGlass?: boolean;
  leaseIds: string[];
  /** The leases in short, in their order. */
  asked?: AskedLease[];
  /** Who is marked as having acted for the requester. */
  via?: string;
}

/**
 * One lease of a request, for those who decide.
 *
 * @public
 */
export interface AskedLease {
  leaseId: string;
  profileId: string;
  profileTitle: string;
  kind: LeaseKind;
  entityRef?: string;
  parameters: JsonObject;
  durationMs: number;
  /** What context sources said when it was asked for; none of them granted it at once. */
  context?: ContextFinding[];
}

/**
 * What a context source said about a lease that is asked for.
 *
 * @public
 */
export interface ContextFinding {
  /** Its name under `jit.contextSources`. */
  source: string;
  /** True when it grants the lease at once. */
  satisfied: boolean;
  /** In words, also when it could not be asked. */
  why: string;
}

/**
 * What of a profile's rules is no longer as it was, in words.
 *
 * @public
 */
export interface RulesChange {
  profileId: string;
  /** Where in the profile: `parameters.memberOf`. */
  field: string;
  /** As JSON; not given when there was none. */
  before?: string;
  /** As JSON; not given when there is none. */
  after?: string;
}

/** @public */
export interface ApprovalStepStatus {
  /** The users and groups who can decide, by entity ref: by the last look at the catalog. Each decision is checked anew. */
  approvers: string[];
  /** The same as the profile says it: `owners of the target`. */
  rule?: string;
  /** True when who receives it has to agree, and nobody else can: somebody else, or an agent, asked for it. */
  consent?: boolean;
  /** How many different people have to approve. */
  count: number;
  /** `open`: to be decided now; `waiting`: after the others; `skipped`: by break-glass. */
  state?: 'done' | 'open' | 'waiting' | 'skipped';
  /** Since when it is open, ISO 8601. */
  openedAt?: string;
  /** When it went to more people because nobody answered, ISO 8601. */
  escalatedAt?: string;
  decisions: Array<{
    by: string;
    decision: 'approve' | 'deny';
    at: string;
    comment?: string;
  }>;
}

/**
 * A value that the requester gives for a profile.
 *
 * @public
 */
export interface OfferedParameter {
  /** Its key in `parameters` of a request. */
  name: string;
  /** The values it may take; any text that the profile lets through when not given. */
  choices?: JsonPrimitive[];
}

/**
 * What the caller could lease on an entity.
 *
 * @public
 */
export interface ProfileOffer {
  profileId: string;
  title: string;
  description?: string;
  provider: string;
  kind: LeaseKind;
  duration: {
    defaultMs: number;
    maximumMs: number;
    choicesMs: number[];
  };
  reason: { required: boolean; example?: string };
  extension?: { maximumMs: number; times: number };
  /** Given when it ends for not being used. */
  idle?: { afterMs: number; warnMs?: number };
  /** How long after its begin it can be protected, if it can. */
  protect?: { maximumMs: number };
  /** How long a closed last copy of it stays after its end, if one does. */
  keep?: { forMs: number };
  /** What it costs, if that is known: a decimal number as text, such as `0.12`. */
  price?: { perHour: string; currency: string; baselineMs?: number };
  /** It ends when it has cost so much. */
  budget?: { maximum: string };
  /** What the requester has to give as well; not given when nothing. */
  parameters?: OfferedParameter[];
  /** True when the rules grant this to the caller without a decision by a person. */
  automatic: boolean;
  /** Who decides when it is not granted at once, in words. */
  approval?: Array<{ rule: string; count: number }>;
  /** The context sources that can grant it at once all the same, by name; asked when it is asked for. */
  context?: string[];
  /** When it can be leased, by the wall clock of a timezone; at any time when not given. A lease lies within as a whole. */
  hours?: { timezone: string; windows: string[] };
  /** Given when the caller may go in without approval, in an emergency; also when they are not eligible. */
  breakGlass?: { reviewWithinMs: number };
  /** Given when the caller may ask for others: with whether they have to agree. */
  onBehalf?: { consent: boolean };
  /** Set when the caller cannot have it: the rule that says so, in words. */
  refusal?: string;
  /** Set when the profile cannot be used by anybody at the moment, with the cause. */
  closed?: string;
  /** What stays alive after the end, in the provider's words. */
  residual?: string;
}

/**
 * What the caller could lease as one on an entity: all parts are asked for in one request, granted in their order, and end together.
 *
 * @public
 */
export interface BundleOffer {
  bundleId: string;
  title: string;
  description?: string;
  /** Of the bundle as a whole; given with the first part of the request. */
  duration: ProfileOffer['duration'];
  extension?: ProfileOffer['extension'];
  reason: ProfileOffer['reason'];
  automatic: boolean;
  /** Set when the caller cannot have one of the parts: the rule that says so, in words. */
  refusal?: string;
  /** Set when one of the parts cannot be used by anybody at the moment, with the cause. */
  closed?: string;
  /** In the order in which they are granted. */
  parts: ProfileOffer[];
}

/** @public */
export interface Offers {
  items: ProfileOffer[];
  bundles?: BundleOffer[];
}

/** @public */
export interface RequestedLease {
  profileId: string;
  entityRef?: string;
  duration?: HumanDuration | string;
  parameters?: JsonObject;
  /** The id of a lease of the same subject, profile and entity: its last copy is taken over. Not in a bundle. */
  restores?: string;
}

/** @public */
export interface CreateRequest {
  /** With a `bundleId`: its parts in their order, the first one with the duration of all. */
  leases: RequestedLease[];
  bundleId?: string;
  subject?: string;
  reason?: string;
  /** ISO 8601; now when not given. */
  startsAt?: string;
  /** Only a service can name it, on behalf of the person whose doing it is. */
  origin?: OriginRef;
  /** Goes in without approval and eligibility, in an emergency: for oneself, at once, with a reason. Others are told, and look at it afterwards. */
  breakGlass?: boolean;
  dryRun?: boolean;
}

/** @public */
export interface RequestPreview {
  /** True when it is granted without a decision by a person. */
  automatic: boolean;
  /** Who would decide. Given when people do. */
  approval?: PreviewedApproval;
  /** Given for a request with `breakGlass`: the users and groups, by entity ref, who are told at once besides the operators. */
  breakGlass?: { told: string[] };
  leases: Array<{
    profileId: string;
    durationMs: number;
    refusal?: string;
    residual?: string;
    plan?: string[];
    /** What context sources say about it now. */
    context?: ContextFinding[];
  }>;
}

/** @public */
export interface PreviewedApproval {
  steps: Array<{
    /** As the profile says it: `members of group:default/security`. */
    rule: string;
    count: number;
    /** The users and groups who are asked, by entity ref. */
    approvers: string[];
    /** The people who could approve, by entity ref; of a great many only the first. */
    people: string[];
  }>;
  /** How long it waits for the decision, in milliseconds. */
  lapsesAfterMs: number;
}

/**
 * Credentials as the holder sees them once. Never stored, never logged.
 *
 * @public
 */
export interface IssuedCredentials {
  /** When they stop to work at the latest, ISO 8601. */
  expiresAt?: string;
  /** Named forms people paste: a URL, a command line, environment variables. */
  forms: CredentialForm[];
}

/** @public */
export interface CredentialForm {
  id: string;
  title: string;
  /** The text to copy. */
  value: string;
  language?: 'shell' | 'ini' | 'yaml' | 'json' | 'text';
}

/** @public */
export interface PresenceEntry {
  subject: string;
  profileTitle: string;
  expiresAt?: string;
  /** True for who went in without approval, in an emergency. */
  breakGlass?: boolean;
}

/** @public */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
  /** The database's time at the answer, ISO 8601: what a browser counts down from. */
  now: string;
}

/** @public */
export interface ConnectionHealth {
  connection: string;
  type: string;
  /** `unhealthy`: it answers, and lacks rights that it needs. */
  state: 'ok' | 'paused' | 'down' | 'missing' | 'repointed' | 'unhealthy';
  message?: string;
  leases: number;
  stuck: number;
  pausedUntil?: string;
  /** What reconcile found and leaves alone until an operator allows it, in words. */
  held?: string;
}

/**
 * An answer with the database's time at which it was given, ISO 8601.
 *
 * @public
 */
export type Answer<T extends object> = T & { now: string };

/** @public */
export interface CreatedRequest {
  request: AccessRequest;
  leases: Lease[];
}

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
export interface RequestQuery {
  /** Any of these. */
  state?: RequestState[];
  /** An entity ref, or `me`. */
  requester?: string;
  /** An entity ref, or `me`. */
  subject?: string;
  /** Those that the caller can decide about now. */
  waitingFor?: 'me';
  cursor?: string;
  /** 1 to 200; 50 when not given. */
  limit?: number;
}

/** @public */
export interface RequestDecision {
  decision: 'approve' | 'deny';
  comment?: string;
  /** Shorter than what was asked for; with `approve` only. */
  duration?: HumanDuration | string;
  /** Later than what was asked for, ISO 8601; with `approve` only. */
  startsAt?: string;
  /** The revision of the request that was looked at. */
  revision: number;
}

/** @public */
export interface ExtendLease {
  /** How much later the lease shall end than it would now. */
  duration: HumanDuration | string;
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

/**
 * What operators stop: everything that matches all of what is given, at least one of the four.
 *
 * @public
 */
export interface StopOrder {
  subject?: string;
  profileId?: string;
  connection?: string;
  entityRef?: string;
  why: string;
  /** Ends what is live; true when not given. */
  endLeases?: boolean;
  /** Refuses new leases until the stop is lifted; true when not given. */
  refuseNew?: boolean;
}

/** @public */
export interface Stop {
  id: string;
  subject?: string;
  profileId?: string;
  connection?: string;
  entityRef?: string;
  why: string;
  actor: string;
  createdAt: string;
  liftedAt?: string;
  liftedBy?: string;
}

/** @public */
export interface StopOutcome {
  /** How many leases were asked to end. */
  ended: number;
  /** Set when new leases are refused. */
  stop?: Stop;
}

/**
 * Figures about the ledger as a whole.
 *
 * @public
 */
export interface JitStats {
  /** Unfinished leases by state. */
  unfinished: Partial<Record<LeaseState, number>>;
  stuck: number;
  queue: {
    /** Entitlements that need the engine now. */
    due: number;
    /** Since when the one that waits longest is due, ISO 8601. */
    oldestDueAt?: string;
  };
  lastDay: {
    requested: number;
    granted: number;
    revoked: number;
  };
}
