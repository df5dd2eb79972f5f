import {
  FilterPredicate,
  parseFilterPredicate,
} from '@backstage/filter-predicates';
import { trustedLocationProblem } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { entityRef, text } from './scalars';

/** Origin locations whose word about an entity is taken. */
export const trustedLocations = z
  .array(
    text({ maximum: 1_000 }).superRefine((value, ctx) => {
      const problem = trustedLocationProblem(value);
      if (problem) {
        ctx.addIssue({ code: 'custom', message: problem });
      }
    }),
  )
  .refine(list => list.length > 0, { message: 'must name a location' });

const filter = z.unknown().transform((value, ctx): FilterPredicate => {
  try {
    return parseFilterPredicate(value);
  } catch {
    ctx.addIssue({
      code: 'custom',
      message:
        'is not a filter predicate such as { kind: Resource, spec.type: database }',
    });
    return z.NEVER;
  }
});

export const targetsSchema = z
  .strictObject({
    entityRefs: z
      .array(entityRef())
      .refine(list => list.length > 0, { message: 'must name an entity' })
      .optional(),
    trustedLocations: trustedLocations.optional(),
    filter: filter.optional(),
  })
  .refine(
    targets => Object.values(targets).some(value => value !== undefined),
    {
      message: 'must have entityRefs, trustedLocations or filter',
    },
  );
