import { Entity } from '@backstage/catalog-model';
import { ContextFinding } from '@backstage-jit/plugin-jit-common';
import {
  ApprovalRules,
  ApprovalStep,
  PeopleRule,
  ProfileRules,
} from './Profile';
import { describeRule, describeRules, firstMatch, Subject } from './rules';

export type ApprovalDecision =
  /** Granted by rule, without a decision by a person. */
  | { by: 'rule'; rule: string }
  /** Granted if a context source says so, and else by nobody: they were not asked yet. */
  | { by: 'context' }
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
  /** What the context sources of the profile said. Not given: they were not asked, and grant nothing. */
  context?: ContextFinding[];
}): ApprovalDecision {
  const { profile, subject, target, context } = options;
  const { auto, steps } = profile.approval;
  const { targets, title } = profile;
  const matched =
    auto &&
    firstMatch({ rules: auto.filter(namesPeople), subject, targets, target });
  if (matched) {
    return { by: 'rule', rule: `granted at once to ${describeRule(matched)}` };
  }
  const satisfied = context?.find(finding => finding.satisfied);
  if (satisfied) {
    return { by: 'rule', rule: `granted at once by ${inWords(satisfied)}` };
  }
  if (steps.length > 0) {
    return { by: 'people', steps };
  }
  if (!context && contextSourcesOf(profile.approval).length > 0) {
    return { by: 'context' };
  }
  if (auto) {
    const rule = `${title} is granted at once to ${describeRules(
      auto,
    )}, and nobody is named to approve it for others`;
    return {
      by: 'nobody',
      rule: context?.length
        ? `${rule} (${context.map(inWords).join('; ')})`
        : rule,
    };
  }
  return { by: 'rule', rule: 'granted at once to everybody eligible' };
}

/**
 * Who decides about a later end than what is moved at once: people, whoever asks. Nothing grants it by itself.
 */
export function decideExtension({
  profile,
}: {
  profile: Pick<ProfileRules, 'title' | 'approval'>;
}): Extract<ApprovalDecision, { by: 'people' | 'nobody' }> {
  const { title, approval } = profile;
  return approval.steps.length > 0
    ? { by: 'people', steps: approval.steps }
    : { by: 'nobody', rule: `${title} names nobody who approves a later end` };
}

/** The names of the context sources that can grant at once. */
export function contextSourcesOf({ auto = [] }: ApprovalRules): string[] {
  return auto.flatMap(rule => (rule.kind === 'context' ? rule.source : []));
}

function namesPeople(
  rule: NonNullable<ApprovalRules['auto']>[number],
): rule is PeopleRule {
  return rule.kind !== 'context';
}

function inWords({ source, why }: ContextFinding): string {
  return `${source}: ${why}`;
}
