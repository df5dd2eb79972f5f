import { Entity } from '@backstage/catalog-model';
import { ProfileRules } from './Profile';
import { describeRule, describeRules, firstMatch, Subject } from './rules';

export type OnBehalfDecision =
  | {
      allowed: true;
      rule: string;
      /** Whether who receives it has to agree first. */
      consent: boolean;
    }
  | { allowed: false; rule: string };

/**
 * Whether a person may ask for somebody else. Says nothing about whether that one is eligible.
 */
export function decideOnBehalf(options: {
  profile: Pick<ProfileRules, 'title' | 'targets' | 'onBehalf'>;
  asker: Subject;
  target?: Entity;
}): OnBehalfDecision {
  const { profile, asker, target } = options;
  const { title, targets, onBehalf } = profile;
  if (!onBehalf) {
    return {
      allowed: false,
      rule: `${title} can only be asked for oneself`,
    };
  }
  const { by, consent } = onBehalf;
  const matched = firstMatch({ rules: by, subject: asker, targets, target });
  return matched
    ? {
        allowed: true,
        rule: `asked for by ${describeRule(matched)}`,
        consent,
      }
    : {
        allowed: false,
        rule: `${title} can be asked for others by ${describeRules(by)} only`,
      };
}
