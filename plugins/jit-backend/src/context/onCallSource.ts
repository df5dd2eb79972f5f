import {
  ContextAnswer,
  isFromTrustedLocation,
  JitContextSource,
} from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { entityRef, text } from '../config/scalars';
import { trustedLocations } from '../config/targetsSchema';
import { Directory, normaliseEntityRef } from '../policy';
import { valueAt } from './valueAt';

const settingsSchema = z
  .strictObject({
    people: z.array(entityRef({ kinds: ['user'] })).optional(),
    entityRef: entityRef().optional(),
    trustedLocations: trustedLocations.optional(),
    path: z
      .array(text({ maximum: 300 }))
      .min(1)
      .optional(),
  })
  .superRefine(({ people, ...entity }, ctx) => {
    const given = Object.values(entity).filter(value => value !== undefined);
    if (people ? given.length > 0 : given.length < 3) {
      ctx.addIssue({
        code: 'custom',
        message:
          'must have either people, or entityRef, trustedLocations and path',
      });
    }
  });

type OnCallSettings = z.output<typeof settingsSchema>;

/**
 * Grants to who is on call: people that config lists, or those that an entity of the catalog lists, if its word is taken.
 */
export function onCallSource(options: {
  /** Must not answer from memory. */
  directory: Directory;
}): JitContextSource<OnCallSettings> {
  return {
    type: 'on-call',
    settingsSchema,
    async check({ subject }, { settings }): Promise<ContextAnswer> {
      const people = settings.people ?? (await peopleIn(settings));
      if (!people) {
        return {
          satisfied: false,
          why: `${settings.entityRef} is not there, or not from a location that is trusted`,
        };
      }
      return people.includes(subject)
        ? { satisfied: true, why: `${subject} is on call` }
        : { satisfied: false, why: `${subject} is not on call` };
    },
  };

  async function peopleIn(
    settings: OnCallSettings,
  ): Promise<string[] | undefined> {
    const ref = settings.entityRef!;
    const entity = (await options.directory.lookUpEntities([ref])).get(ref);
    if (
      !entity ||
      !isFromTrustedLocation({
        entity,
        trustedLocations: settings.trustedLocations!,
      })
    ) {
      return undefined;
    }
    return refsIn(valueAt(entity, settings.path!));
  }
}

/** A list of refs, or one text with commas. What is no ref names nobody. */
function refsIn(value: unknown): string[] {
  const items = typeof value === 'string' ? value.split(',') : value;
  return Array.isArray(items)
    ? items.flatMap(
        item =>
          (typeof item === 'string' &&
            normaliseEntityRef(item.trim(), { defaultKind: 'user' })) ||
          [],
      )
    : [];
}
