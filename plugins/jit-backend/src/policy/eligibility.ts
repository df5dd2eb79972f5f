import { Entity } from '@backstage/catalog-model';
import { ProfileRules } from './Profile';
import { describeRule, describeRules, firstMatch, Subject } from './rules';
import { targetMisfit } from './targets';

/** The part of a profile, pinned or not, that says who may have it. */
export type EligibilityRules = Pick<
  ProfileRules,
  'title' | 'targets' | 'eligible' | 'deny' | 'breakGlass'
>;

export type EligibilityDecision =
  | { eligible: true; rule: string }
  | {
      eligible: false;
      cause: 'denied' | 'not-a-target' | 'not-named';
      /** The rule that says so, as a sentence for people. */
      rule: string;
    };

/**
 * Whether a person may have a profile on a target, by what the catalog says of both. Deny wins; nobody who is not named may.
 */
export function decideEligibility(options: {
  profile: EligibilityRules;
  subject: Subject;
  /** As the catalog holds it. Needed when the profile has targets. */
  target?: Entity;
}): EligibilityDecision {
  const { profile, subject, target } = options;
  const { title, targets, eligible } = profile;
  const refused = refusedToAnybody(options);
  if (refused) {
    return refused;
  }
  const named = firstMatch({ rules: eligible, subject, targets, target });
  if (!named) {
    return {
      eligible: false,
      cause: 'not-named',
      rule: `${title} is only for ${describeRules(eligible)}`,
    };
  }
  return { eligible: true, rule: `eligible as ${describeRule(named)}` };
}

/**
 * Whether a person may go in without being eligible, in an emergency. What is denied stays so, and so do the targets.
 */
export function decideBreakGlass(options: {
  profile: EligibilityRules;
  subject: Subject;
  target?: Entity;
}): EligibilityDecision {
  const { profile, subject } = options;
  const { title, breakGlass } = profile;
  if (!breakGlass) {
    return {
      eligible: false,
      cause: 'not-named',
      rule: `${title} has no break-glass`,
    };
  }
  const refused = refusedToAnybody(options);
  if (refused) {
    return refused;
  }
  const group = breakGlass.groups.find(ref => subject.groups.includes(ref));
  return group
    ? { eligible: true, rule: `break-glass as member of ${group}` }
    : {
        eligible: false,
        cause: 'not-named',
        rule: `Break-glass of ${title} is only for members of ${breakGlass.groups.join(
          ' or ',
        )}`,
      };
}

/** What holds whoever is eligible: who is denied, and what it can be leased on. */
function refusedToAnybody(options: {
  profile: EligibilityRules;
  subject: Subject;
  target?: Entity;
}): Extract<EligibilityDecision, { eligible: false }> | undefined {
  const { profile, subject, target } = options;
  const { title, targets, deny } = profile;
  const denied = firstMatch({ rules: deny, subject, targets, target });
  if (denied) {
    return {
      eligible: false,
      cause: 'denied',
      rule: `${title} is denied to ${describeRule(denied)}`,
    };
  }
  const misfit = targetMisfit({ profile, target });
  return misfit
    ? { eligible: false, cause: 'not-a-target', rule: misfit }
    : undefined;
}
