import { Entity } from '@backstage/catalog-model';
import { ApprovalStep, ProfileRules } from './Profile';
import { describeRule, describeRules, firstMatch, Subject } from './rules';

export type ApprovalDecision =
  /** Granted by rule, without a decision by a person. */
  | { by: 'rule'; rule: string }
  /** People decide, step by step. */
  | { by: 'people'; steps: ApprovalStep[] }
  /** Nobody can approve it for this person. */
  | { by: 'nobody'; rule: string };

/**
 * Who decides about a person's request. Says nothing about whether they are eligible.
 */
export function decideApproval(options: {
  profile: Pick<ProfileRules, 'title' | 'targets' | 'approval'>;
  subject: Subject;
  target?: Entity;
}): ApprovalDecision {
  const { profile, subject, target } = options;
  const { auto, steps } = profile.approval;
  const { targets, title } = profile;
  const matched = auto && firstMatch({ rules: auto, subject, targets, target });
  if (matched) {
    return { by: 'rule', rule: `granted at once to ${describeRule(matched)}` };
  }
  if (steps.length > 0) {
    return { by: 'people', steps };
  }
  if (auto) {
    return {
      by: 'nobody',
      rule: `${title} is granted at once to ${describeRules(
        auto,
      )}, and nobody is named to approve it for others`,
    };
  }
  return { by: 'rule', rule: 'granted at once to everybody eligible' };
}
