import { HumanDuration, JsonObject } from '@backstage/types';
import { AccessRequest, ContextFinding } from './AccessRequest';
import { Lease, OriginRef } from './Lease';
import { RequestState } from './states';

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
export interface CreatedRequest {
  request: AccessRequest;
  leases: Lease[];
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
