import { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import { ApproverRule, AutoRule, Profile } from '../policy/Profile';
import { namesTrustedTargets } from '../policy/targets';
import { approvalSchema } from './approvalSchema';
import { durationsSchema } from './durationsSchema';
import { extensionSchema } from './extensionSchema';
import { hoursSchema } from './hoursSchema';
import { extractSlots } from './parameterSlots';
import { peopleRules, someRules } from './peopleRules';
import { reasonSchema } from './reasonSchema';
import { idleSchema, priceSchema } from './useSchema';
import {
  amount,
  duration,
  entityRef,
  flag,
  name,
  text,
  wholeNumber,
} from './scalars';
import { targetsSchema } from './targetsSchema';

const DEFAULT_GRANT_WITHIN_MS = 15 * 60_000;

const count = wholeNumber({ minimum: 1, maximum: 1_000_000 });

const jsonValue: z.ZodType<JsonValue> = z.json();

/** One entry of `jit.profiles`, without its place in the list. */
export const profileSchema = z
  .strictObject({
    id: name,
    title: text({ maximum: 200 }),
    description: text({ maximum: 2_000 }).optional(),
    provider: text({ maximum: 200 }),
    connection: text({ maximum: 200 }),
    parameters: z.record(z.string(), jsonValue).optional(),
    targets: targetsSchema.optional(),
    eligible: someRules,
    deny: peopleRules.optional(),
    duration: durationsSchema,
    grantWithin: duration.optional(),
    extension: extensionSchema.optional(),
    idle: idleSchema.optional(),
    protect: z.strictObject({ maximum: duration }).optional(),
    keep: duration.optional(),
    price: priceSchema.optional(),
    budget: z.strictObject({ maximum: amount }).optional(),
    reason: reasonSchema.optional(),
    hours: hoursSchema.optional(),
    onBehalf: z
      .strictObject({ by: someRules, consent: flag.optional() })
      .transform(({ by, consent = true }) => ({ by, consent }))
      .optional(),
    breakGlass: z
      .strictObject({
        groups: z
          .array(entityRef({ kinds: ['group'] }))
          .refine(groups => groups.length > 0, {
            message: 'must name a group',
          }),
        reviewWithin: duration,
      })
      .transform(({ groups, reviewWithin }) => ({
        groups,
        reviewWithinMs: reviewWithin,
      }))
      .optional(),
    limits: z
      .strictObject({
        perSubject: count.optional(),
        perProfile: count.optional(),
      })
      .optional(),
    whenIneligible: z.enum(['end', 'keep']).optional(),
    approval: approvalSchema.optional(),
    presence: z.enum(['shown', 'hidden']).optional(),
    agents: flag.optional(),
  })
  .transform((given, ctx): Omit<Profile, 'configPath'> => {
    const { deny = [], approval = { steps: [] } } = given;
    const { parameters, slots, problems } = extractSlots(
      (given.parameters ?? {}) as JsonObject,
    );
    for (const { at, message } of problems) {
      ctx.addIssue({ code: 'custom', path: ['parameters', ...at], message });
    }
    const believesTarget = reasonToTrust({
      rules: [
        ...given.eligible,
        ...deny,
        ...(approval.auto ?? []),
        ...(given.onBehalf?.by ?? []),
        ...approval.steps.flatMap(({ approvers, escalation }) => [
          ...approvers,
          ...(escalation?.to ?? []),
        ]),
      ],
      fromTarget: slots.some(slot => slot.from === 'target'),
    });
    if (believesTarget && !namesTrustedTargets(given.targets)) {
      ctx.addIssue({
        code: 'custom',
        path: ['targets'],
        message: `must say which entities are trusted, by entityRefs or trustedLocations, because the profile uses ${believesTarget}`,
      });
    }
    if (given.budget && !given.price) {
      ctx.addIssue({
        code: 'custom',
        path: ['budget'],
        message: 'needs price: without it nobody knows what is spent',
      });
    }
    return {
      id: given.id,
      title: given.title,
      description: given.description,
      provider: given.provider,
      connection: given.connection,
      parameters,
      slots,
      targets: given.targets,
      eligible: given.eligible,
      deny,
      durations: given.duration,
      grantWithinMs: given.grantWithin ?? DEFAULT_GRANT_WITHIN_MS,
      extension: given.extension,
      idle: given.idle,
      protect: given.protect && { maximumMs: given.protect.maximum },
      keepMs: given.keep,
      price: given.price,
      budget: given.budget,
      reason: given.reason ?? { required: false },
      hours: given.hours,
      onBehalf: given.onBehalf,
      breakGlass: given.breakGlass,
      limits: given.limits ?? {},
      whenIneligible: given.whenIneligible ?? 'end',
      approval,
      presenceHidden: given.presence === 'hidden',
      ...(given.agents !== undefined && { agents: given.agents }),
    };
  });

/** An entity is written by whoever can register one: what takes its word has to say which entities are believed. */
function reasonToTrust(options: {
  rules: Array<ApproverRule | AutoRule>;
  fromTarget: boolean;
}): string | undefined {
  if (options.rules.some(rule => rule.kind === 'owner')) {
    return 'owner: true';
  }
  return options.fromTarget ? '${{ target.* }}' : undefined;
}
