import { z } from 'zod';
import { kindOf } from '../policy/entityRefs';
import { ApproverRule, AutoRule, PeopleRule } from '../policy/Profile';
import { entityRef, flag, name } from './scalars';

const people = {
  group: entityRef({ kinds: ['group'] }).optional(),
  user: entityRef({ kinds: ['user'] }).optional(),
  owner: flag.optional(),
};

const peopleRule = z
  .strictObject(people)
  .transform((given, ctx) =>
    onlyOne(rulesIn(given), 'group, user and owner: true', ctx),
  );

export const peopleRules = z.array(peopleRule);

const approverRule = z
  .strictObject({ ...people, manager: flag.optional() })
  .transform(({ manager, ...given }, ctx) =>
    onlyOne<ApproverRule>(
      [
        ...rulesIn(given),
        ...(manager === undefined
          ? []
          : [manager && { kind: 'manager' as const }]),
      ],
      'group, user, owner: true and manager: true',
      ctx,
    ),
  );

/** Who decides: a list that has to name somebody. */
export const someApprovers = z
  .array(approverRule)
  .refine(rules => rules.length > 0, { message: 'must name somebody' });

/** A rule list that has to name somebody. */
export const someRules = peopleRules.refine(rules => rules.length > 0, {
  message: 'must name somebody',
});

const autoRule = z
  .strictObject({ ...people, context: name.optional() })
  .transform(({ context, ...given }, ctx) =>
    onlyOne<AutoRule>(
      [
        ...rulesIn(given),
        ...(context === undefined
          ? []
          : [{ kind: 'context' as const, source: context }]),
      ],
      'group, user, owner: true and context',
      ctx,
    ),
  );

/** What grants at once: a list that has to name something. */
export const someAutoRules = z
  .array(autoRule)
  .refine(rules => rules.length > 0, { message: 'must name somebody' });

/** `jit.operators`: plain refs of users and groups. */
export const operators = z.array(
  entityRef({ kinds: ['group', 'user'] }).transform(
    (ref): PeopleRule => ({
      kind: kindOf(ref) === 'user' ? 'user' : 'group',
      ref,
    }),
  ),
);

/** False stands for a flag that is there and says no. */
function rulesIn(given: {
  group?: string;
  user?: string;
  owner?: boolean;
}): Array<PeopleRule | false> {
  const { group, user, owner } = given;
  return [
    ...(group ? [{ kind: 'group' as const, ref: group }] : []),
    ...(user ? [{ kind: 'user' as const, ref: user }] : []),
    ...(owner === undefined ? [] : [owner && { kind: 'owner' as const }]),
  ];
}

function onlyOne<TRule>(
  rules: Array<TRule | false>,
  names: string,
  ctx: z.RefinementCtx,
): TRule {
  const [rule] = rules;
  if (rules.length !== 1 || !rule) {
    ctx.addIssue({
      code: 'custom',
      message: `must have exactly one of ${names}`,
    });
    return z.NEVER;
  }
  return rule;
}
