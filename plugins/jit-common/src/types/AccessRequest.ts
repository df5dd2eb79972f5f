import { JsonObject } from '@backstage/types';
import { RequestedExtension } from './extensions';
import { LeaseKind, RequestState } from './states';

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
  /** Given when it asks for a later end of a lease, and for no new one. */
  extends?: RequestedExtension;
}
