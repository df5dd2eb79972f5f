import { ApprovalStep, TargetRules } from '../../policy';
import { Instant } from '../../leases/records';

/** What one person said. */
export interface DecisionRecord {
  /** A user's entity ref, normalised. */
  by: string;
  decision: 'approve' | 'deny';
  at: Instant;
  comment?: string;
}

/** What has to be approved, by whom: rules of a profile, and the target whose owners they mean. */
export interface StepRules extends ApprovalStep {
  /** Given when the owners of a target decide. */
  owned?: { entityRef: string; targets: TargetRules };
  /** True when it is who receives it that has to agree to being asked for. Nobody else can, and it counts for no other step. */
  consent?: true;
}

/** A step of a request with what has come of it. */
export interface StepRecord extends StepRules {
  /** The users and groups who can decide, by the last look. */
  principals: string[];
  /** Those besides them once it has escalated, by the last look. */
  escalatesTo?: string[];
  /** Since when it is the one to be decided. */
  openedAt?: Instant;
  escalatedAt?: Instant;
  /** One of each person. */
  decisions: DecisionRecord[];
}
