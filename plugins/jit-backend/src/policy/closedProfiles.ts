import { Entity } from '@backstage/catalog-model';
import { ConnectionHealth } from '@backstage-jit/plugin-jit-common';
import { ApproverRule, AutoRule, PeopleRule, Profile } from './Profile';
import { isTarget } from './targets';

/** What the ledger knows of a connection; nothing when it was never used. */
export type ConnectionCondition =
  | Pick<ConnectionHealth, 'state' | 'message'>
  | undefined;

/** What a profile needs besides config, as it was just seen. */
export interface Surroundings {
  /** The groups that exist and count. */
  groups: ReadonlySet<string>;
  /** The entities that exist, by ref. */
  entities: ReadonlyMap<string, Entity>;
  connection: ConnectionCondition;
}

/** The groups that a profile's rules, or the operators', name. */
export function groupsNamedBy(
  profile: Profile,
  operators: PeopleRule[],
): string[] {
  return [...groupsOf(rulesOf(profile)), ...groupsOf(operators)];
}

function rulesOf({
  eligible,
  deny,
  approval,
  onBehalf,
  breakGlass,
}: Profile): Array<ApproverRule | AutoRule> {
  return [
    ...eligible,
    ...deny,
    ...(approval.auto ?? []),
    ...(onBehalf?.by ?? []),
    ...(breakGlass?.groups ?? []).map(ref => ({ kind: 'group' as const, ref })),
    ...approval.steps.flatMap(({ approvers, escalation }) => [
      ...approvers,
      ...(escalation?.to ?? []),
    ]),
  ];
}

function groupsOf(rules: Array<ApproverRule | AutoRule>): string[] {
  return rules.flatMap(rule => (rule.kind === 'group' ? rule.ref : []));
}

/**
 * Why nobody can use a profile at the moment: a sentence for people, or undefined when it is open.
 *
 * A group that is missing closes it, since a rule would silently say something else. A person who is missing does not: they
 * cannot ask. Of several entities one is enough.
 */
export function whyClosed(options: {
  profile: Profile;
  operators: PeopleRule[];
  surroundings: Surroundings;
}): string | undefined {
  const { profile, operators, surroundings } = options;
  const { groups, entities, connection } = surroundings;

  const missing = groupsNamedBy(profile, operators).find(
    ref => !groups.has(ref),
  );
  if (missing) {
    const whose = groupsOf(rulesOf(profile)).includes(missing)
      ? 'its rules name'
      : 'jit.operators names';
    return `${missing}, which ${whose}, is not a group that counts in the catalog`;
  }
  const { targets } = profile;
  const named = targets?.entityRefs;
  const usable = named?.some(ref => {
    const target = entities.get(ref);
    return target && isTarget({ targets, target });
  });
  if (named && !usable) {
    return `The catalog has no entity it can be leased on: ${named.join(', ')}`;
  }
  switch (connection?.state) {
    case 'down':
    case 'missing':
    case 'repointed':
      return `Its connection ${profile.connection} cannot be used (${
        connection.state
      })${connection.message ? `: ${connection.message}` : ''}`;
    default:
      return undefined;
  }
}
