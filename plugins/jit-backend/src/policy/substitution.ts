import { Entity } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import { JsonObject, JsonPrimitive, JsonValue } from '@backstage/types';
import { matchesWhole } from './patterns';
import { AllowedValues, ParameterSlot } from './Profile';
import { isStorableText } from './text';

/**
 * Fills every slot of the parameters that can be filled when somebody asks, each with one scalar that its `allow` lets through.
 *
 * @throws NotAllowedError when the target holds no value, or one that is not allowed. InputError for values that the requester
 * sent: missing, unknown, or not allowed.
 */
export function fillParameters(options: {
  profileId: string;
  parameters: JsonObject;
  slots: ParameterSlot[];
  target?: Entity;
  /** What the requester sent. */
  requested?: JsonObject;
}): JsonObject {
  const { profileId, parameters, slots, target, requested = {} } = options;
  let filled: JsonValue = parameters;
  assertAllWanted({ profileId, slots, requested });
  for (const slot of slots) {
    if (slot.from === 'parts') {
      continue;
    }
    const source: JsonValue | undefined =
      slot.from === 'target' ? (target as JsonValue | undefined) : requested;
    const value = followPath(source, slot.path);
    if (!isAllowed(value, slot.allow)) {
      throw refusal({ profileId, slot, missing: value === undefined });
    }
    filled = withValueAt(filled, slot.at, value);
  }
  return filled as JsonObject;
}

/** Whether it is a scalar that may stand in the slot. */
export function isAllowed(
  value: JsonValue | undefined,
  allow: AllowedValues,
): value is JsonPrimitive {
  if ('values' in allow) {
    return allow.values.some(allowed => allowed === value);
  }
  return (
    typeof value === 'string' &&
    isStorableText(value) &&
    matchesWhole(allow.pattern, value)
  );
}

function assertAllWanted(options: {
  profileId: string;
  slots: ParameterSlot[];
  requested: JsonObject;
}): void {
  const wanted = options.slots
    .filter(slot => slot.from === 'parameters')
    .map(slot => slot.path[0]);
  const unwanted = Object.keys(options.requested).some(
    key => !wanted.includes(key),
  );
  if (unwanted) {
    const takes = wanted.length > 0 ? `only ${wanted.join(', ')}` : 'none';
    throw new InputError(
      `parameters: ${options.profileId} takes ${takes} from the request`,
    );
  }
}

/** Own properties only: what an object inherits is nobody's data. */
function followPath(
  source: JsonValue | undefined,
  path: string[],
): JsonValue | undefined {
  let value = source;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return undefined;
    }
    value = Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

/** What stands at a place of a JSON value; undefined when there is no such place. */
export function valueAt(
  node: JsonValue | undefined,
  [key, ...rest]: Array<string | number>,
): JsonValue | undefined {
  if (key === undefined) {
    return node;
  }
  return Array.isArray(node)
    ? valueAt(typeof key === 'number' ? node[key] : undefined, rest)
    : valueAt(followPath(node, [String(key)]), rest);
}

/** A copy of a JSON value with another scalar at one place. */
export function withValueAt(
  node: JsonValue,
  at: Array<string | number>,
  value: JsonPrimitive,
): JsonValue {
  const [key, ...rest] = at;
  if (key === undefined) {
    return value;
  }
  if (Array.isArray(node)) {
    return node.map((item, index) =>
      index === key ? withValueAt(item, rest, value) : item,
    );
  }
  const object = node as JsonObject;
  return { ...object, [key]: withValueAt(object[key]!, rest, value) };
}

function refusal(options: {
  profileId: string;
  slot: ParameterSlot;
  missing: boolean;
}): Error {
  const { profileId, slot, missing } = options;
  const parameter = slot.at.join('.');
  if (slot.from === 'parameters') {
    const field = `parameters.${slot.path.join('.')}`;
    return new InputError(
      missing
        ? `${field} is required by ${profileId}`
        : `${field} is not a value that ${profileId} allows`,
    );
  }
  const field = slot.path.join('.');
  return new NotAllowedError(
    missing
      ? `${profileId} takes its parameter ${parameter} from ${field} of the target, which has none`
      : `${profileId} does not allow the value that ${field} of the target gives for its parameter ${parameter}`,
  );
}
