import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { SubjectProfile } from '@backstage-jit/plugin-jit-node';
import { relatedRefs } from './entityRefs';
import { ApproverRule, AutoRule, PeopleRule, TargetRules } from './Profile';
import { isTrustedTarget } from './targets';

/** A person as the catalog knows them. */
export interface Subject {
  /** Normalised. */
  ref: string;
  /** Every group they are in, directly or through a group below it. Normalised. */
  groups: string[];
  /** The User who is their manager, normalised. Undefined unless the config says how the catalog tells. */
  manager?: string;
  /** Undefined unless the config says which locations are trusted with people: anybody could have written it. */
  profile?: SubjectProfile;
}

/**
 * The first rule that names the subject, or undefined.
 */
export function firstMatch(options: {
  rules: PeopleRule[];
  subject: Subject;
  targets: TargetRules | undefined;
  target?: Entity;
}): PeopleRule | undefined {
  const { rules, subject, targets, target } = options;
  return rules.find(rule => {
    switch (rule.kind) {
      case 'user':
        return subject.ref === rule.ref;
      case 'group':
        return subject.groups.includes(rule.ref);
      case 'owner':
        return (
          target !== undefined &&
          isTrustedTarget({ targets, target }) &&
          ownersOf(target).some(
            owner => owner === subject.ref || subject.groups.includes(owner),
          )
        );
      default:
        // A rule of a later release: it names nobody here. A pinned profile can hold one after a step back.
        return false;
    }
  });
}

/** A rule in words: "members of group:default/orders-team". */
export function describeRule(rule: ApproverRule | AutoRule): string {
  switch (rule.kind) {
    case 'user':
      return rule.ref;
    case 'group':
      return `members of ${rule.ref}`;
    case 'owner':
      return 'owners of the target';
    case 'manager':
      return 'the manager of who receives it';
    case 'context':
      return `whom ${rule.source} lets in`;
    default:
      return 'people named by a rule that this release does not know';
  }
}

/** Rules in words: "members of a, members of b or owners of the target". */
export function describeRules(rules: Array<ApproverRule | AutoRule>): string {
  const words = rules.map(describeRule);
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

/** Who owns an entity, normalised. */
export function ownersOf(entity: Entity): string[] {
  return relatedRefs({
    entity,
    relation: RELATION_OWNED_BY,
    named: entity.spec?.owner,
  });
}
