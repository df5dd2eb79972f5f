import { InputError } from '@backstage/errors';
import { matchesFromStart } from './patterns';
import { ReasonRules } from './Profile';
import { isStorableText } from './text';

export const LONGEST_REASON = 1_000;

/**
 * Checks a reason and trims it. Its length is looked at before anything else is done with it.
 *
 * @returns undefined for none.
 * @throws InputError saying which rule it breaks.
 */
export function readReason(options: {
  rules: ReasonRules;
  reason: string | undefined;
}): string | undefined {
  const { rules, reason: given = '' } = options;
  if (given.length > LONGEST_REASON) {
    throw new InputError(
      `reason is longer than ${LONGEST_REASON.toLocaleString('en')} characters`,
    );
  }
  if (!isStorableText(given)) {
    throw new InputError('reason has control or broken characters in it');
  }
  const reason = given.trim();
  const example = rules.example ? `, for example: ${rules.example}` : '';
  if (!reason) {
    if (rules.required) {
      throw new InputError(`reason is required${example}`);
    }
    return undefined;
  }
  if (rules.pattern && !matchesFromStart(rules.pattern, reason)) {
    throw new InputError(
      `reason does not begin as the profile wants it (${rules.pattern})${example}`,
    );
  }
  return reason;
}
