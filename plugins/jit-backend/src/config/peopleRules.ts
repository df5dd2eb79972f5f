import { z } from 'zod';
import { kindOf } from '../policy/entityRefs';
import { ApproverRule, PeopleRule } from '../policy/Profile';
import { entityRef, flag } from './scalars';

const peopleRule = z
  .strictObject({
    group: entityRef({ kinds: ['group'] }).optional(),
    user: entityRef({ kinds: ['user'] }).optional(),
    owner: flag.optional(),
  })
  .transform(({ group, user, owner }, ctx): PeopleRule => {
    const rules: PeopleRule[] = [
      ...(group ? [{ kind: 'group' as const, ref: group }] : []),
      ...(user ? [{ kind: 'user' as const, ref: user }] : []),
      ...(owner ? [{ kind: 'owner' as const }] : []),
    ];
    if (rules.length !== 1 || owner === false) {
      ctx.addIssue({
        code: 'custom',
        message: 'must have exactly one of group, user and owner: true',
      });
      return z.NEVER;
    }
    return rules[0];
  });

export const peopleRules = z.array(peopleRule);

const approverRule = z
  .strictObject({
    group: entityRef({ kinds: ['group'] }).optional(),
    user: entityRef({ kinds: ['user'] }).optional(),
    owner: flag.optional(),
    manager: flag.optional(),
  })
  .transform(({ group, user, owner, manager }, ctx): ApproverRule => {
    const rules: ApproverRule[] = [
      ...(group ? [{ kind: 'group' as const, ref: group }] : []),
      ...(user ? [{ kind: 'user' as const, ref: user }] : []),
      ...(owner ? [{ kind: 'owner' as const }] : []),
      ...(manager ? [{ kind: 'manager' as const }] : []),
    ];
    if (rules.length !== 1 || owner === false || manager === false) {
      ctx.addIssue({
        code: 'custom',
        message:
          'must have exactly one of group, user, owner: true and manager: true',
      });
      return z.NEVER;
    }
    return rules[0];
  });

/** Who decides: a list that has to name somebody. */
export const someApprovers = z
  .array(approverRule)
  .refine(rules => rules.length > 0, { message: 'must name somebody' });

/** A rule list that has to name somebody. */
export const someRules = peopleRules.refine(rules => rules.length > 0, {
  message: 'must name somebody',
});

/** `jit.operators`: plain refs of users and groups. */
export const operators = z.array(
  entityRef({ kinds: ['group', 'user'] }).transform(
    (ref): PeopleRule => ({
      kind: kindOf(ref) === 'user' ? 'user' : 'group',
      ref,
    }),
  ),
);
