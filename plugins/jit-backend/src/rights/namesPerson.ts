import { PeopleRule, Subject } from '../policy';

/** Whether rules that need no target name a person. */
export function namesPerson(
  rules: PeopleRule[],
  subject: Subject | undefined,
): boolean {
  return (
    subject !== undefined &&
    rules.some(
      rule =>
        (rule.kind === 'user' && rule.ref === subject.ref) ||
        (rule.kind === 'group' && subject.groups.includes(rule.ref)),
    )
  );
}
