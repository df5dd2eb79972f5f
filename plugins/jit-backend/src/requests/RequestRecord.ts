import {
  ContextFinding,
  CreateRequest,
  RequestState,
  RulesChange,
} from '@backstage-jit/plugin-jit-common';
import { Instant } from '../leases/records';
import { StepRecord } from './approval/StepRecord';

/** What somebody sent, as far as it is needed to read it once more. */
export type AskedRequest = Pick<
  CreateRequest,
  'bundleId' | 'leases' | 'reason' | 'startsAt'
> & {
  /** True when an agent sent it in a person's name. */
  byAgent?: boolean;
};

/** How much later leases are to end that are there. */
export interface KeptExtension {
  /** Their end when it was asked for. */
  from: Instant;
  /** As approvers have it now. */
  byMs: number;
  /** The rules that people decide by, of each lease. The leases themselves stay with those that they were made under. */
  profileHashes: string[];
}

/** The same, with the lease that each one has become, or is about. */
export interface KeptRequest extends AskedRequest {
  leaseIds: string[];
  /** Given when it is about a later end. */
  extension?: KeptExtension;
  /** What context sources said, that did not grant it. */
  context?: Array<ContextFinding & { leaseId: string }>;
}

/** One row of the ledger: who asked for something, and who decides. */
export interface RequestRecord {
  id: string;
  state: RequestState;
  version: number;
  kind: 'new' | 'extend';
  extendsLeaseId?: string;
  requester: string;
  subject: string;
  reason?: string;
  via?: string;
  breakGlass: boolean;
  /** Given when people decide. */
  asked?: KeptRequest;
  /** Empty when it was granted by rule. */
  steps: StepRecord[];
  /** Raised with whatever an approver has to have seen. */
  revision: number;
  /** What became different with this revision, when the rules changed under the request. */
  changes?: RulesChange[];
  requestedAt: Instant;
  startsAt?: Instant;
  lapsesAt?: Instant;
  decidedAt?: Instant;
}
