import { NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { ParameterSlot } from './Profile';
import { isAllowed, withValueAt } from './substitution';

/**
 * Fills what a part of a bundle takes from earlier ones, each with one fact that its `allow` lets through.
 *
 * @throws NotAllowedError when a part gives no such fact, or one that is not allowed. Never repeats the value.
 */
export function fillFromParts(options: {
  profileId: string;
  parameters: JsonObject;
  slots: ParameterSlot[];
  /** The connection facts of the earlier parts, by profile. */
  facts: ReadonlyMap<string, Record<string, string>>;
}): JsonObject {
  const { profileId, slots, facts } = options;
  let { parameters } = options;
  for (const { at, path, allow } of slots) {
    const [part, name] = path;
    const given = facts.get(part) ?? {};
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (!isAllowed(value, allow)) {
      throw new NotAllowedError(
        value === undefined
          ? `${profileId} takes its parameter ${at.join(
              '.',
            )} from ${name} of ${part}, which has none`
          : `${profileId} does not allow the value that ${name} of ${part} gives for its parameter ${at.join(
              '.',
            )}`,
      );
    }
    parameters = withValueAt(parameters, at, value) as JsonObject;
  }
  return parameters;
}
