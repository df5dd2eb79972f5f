import { ContextFinding, OriginRef } from '@backstage-jit/plugin-jit-common';
import { JitProvider, SubjectProfile } from '@backstage-jit/plugin-jit-node';
import { Instant } from '../leases/records';
import { BreakGlassCopy, BundleTimes, PinnedContent } from '../policy';
import { StepRecord, StepRules } from './approval/StepRecord';
import { AskedRequest } from './RequestRecord';

/** One lease that is asked for, with everything decided about it that the ledger is not needed for. */
export interface RequestedPart {
  pinned: PinnedContent;
  provider: JitProvider;
  /** What the provider asks for of the subject. */
  subjectProfile?: SubjectProfile;
  /** Normalised. */
  entityRef?: string;
  durationMs: number;
  reason?: string;
  /** The lease whose last copy it takes over. */
  restores?: string;
  /** What the context sources of the profile said, when they were asked. */
  context?: ContextFinding[];
  /** By what rules the subject may have it, in words. */
  rule: string;
  /** What people have to decide, or would have had to if it were no emergency; none when the rule grants it. */
  steps: StepRules[];
  /** Of the target, if its word is taken. */
  owners?: string[];
}

/** What holds for all parts of a bundle. */
export interface RequestedBundle extends BundleTimes {
  id: string;
  title: string;
}

/** A request that everything but the ledger lets through. */
export interface RequestDraft {
  requester: string;
  subject: string;
  via?: string;
  reason?: string;
  /** What it is made for. */
  origin?: OriginRef;
  /** As soon as possible when not given. */
  startsAt?: Instant;
  /** The bundle that the parts are, in their order. */
  bundle?: RequestedBundle;
  /** Approval and eligibility are skipped. */
  breakGlass?: boolean;
  /** By what the subject was let in; given when the catalog could not be asked. */
  copy?: BreakGlassCopy;
  parts: RequestedPart[];
  /** As it was sent. */
  asked: AskedRequest;
}

/** A request that only lacks its place in the ledger. */
export interface StaffedDraft extends RequestDraft {
  /** Of all parts together, with the people who decide. */
  steps: Array<StepRules & Pick<StepRecord, 'principals' | 'escalatesTo'>>;
}
