import { Entity } from '@backstage/catalog-model';
import { ProfileRules } from './Profile';
import { describeRule, describeRules, firstMatch, Subject } from './rules';
import { targetMisfit } from './targets';

/** The part of a profile, pinned or not, that says who may have it. */
export type EligibilityRules = Pick<
  ProfileRules,
  'title' | 'targets' | 'eligible' | 'deny'
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
  const { title, targets, eligible, deny } = profile;
  const people = { subject, targets, target };

  const denied = firstMatch({ rules: deny, ...people });
  if (denied) {
    return {
      eligible: false,
      cause: 'denied',
      rule: `${title} is denied to ${describeRule(denied)}`,
    };
  }
  const misfit = targetMisfit({ profile, target });
  if (misfit) {
    return { eligible: false, cause: 'not-a-target', rule: misfit };
  }
  const named = firstMatch({ rules: eligible, ...people });
  if (!named) {
    return {
      eligible: false,
      cause: 'not-named',
      rule: `${title} is only for ${describeRules(eligible)}`,
    };
  }
  return { eligible: true, rule: `eligible as ${describeRule(named)}` };
}
