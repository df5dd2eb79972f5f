import { Entity } from '@backstage/catalog-model';
import { ApproverRule, TargetRules } from './Profile';
import { ownersOf, Subject } from './rules';
import { isTrustedTarget } from './targets';

/**
 * The users and groups that rules stand for, normalised, without repetition. Nobody for an owner whose target is not trusted, nor for a
 * manager whom the catalog does not name.
 */
export function principalsOf(options: {
  rules: ApproverRule[];
  /** Who receives what is decided about; undefined when the catalog does not know them. */
  subject: Subject | undefined;
  targets: TargetRules | undefined;
  target?: Entity;
}): string[] {
  const { rules, subject, targets, target } = options;
  const refs = rules.flatMap(rule => {
    switch (rule.kind) {
      case 'user':
      case 'group':
        return [rule.ref];
      case 'owner':
        return target && isTrustedTarget({ targets, target })
          ? ownersOf(target)
          : [];
      case 'manager':
        return subject?.manager ? [subject.manager] : [];
      default:
        // A rule of a later release names nobody here.
        return [];
    }
  });
  return [...new Set(refs)];
}

/** Whether a person is one of the users, or in one of the groups. */
export function isAmong(
  principals: readonly string[],
  person: Pick<Subject, 'ref' | 'groups'>,
): boolean {
  return principals.some(
    ref => ref === person.ref || person.groups.includes(ref),
  );
}
