import { JsonValue } from '@backstage/types';
import { RulesChange } from '@backstage-jit/plugin-jit-common';
import { PinnedProfile } from '../../policy';

/** More differences, and longer values, help nobody to decide. */
const MOST_CHANGES = 20;
const LONGEST_VALUE = 200;

/** What is different between two states of a profile, field by field. */
export function rulesChanges(
  before: PinnedProfile | undefined,
  after: PinnedProfile,
): RulesChange[] {
  const { profileId } = after;
  const changes: RulesChange[] = [];
  const compare = (
    field: string,
    old: JsonValue | undefined,
    now: JsonValue | undefined,
  ): void => {
    if (JSON.stringify(old) === JSON.stringify(now)) {
      return;
    }
    if (isObject(old) && isObject(now)) {
      for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
        compare(field ? `${field}.${key}` : key, old[key], now[key]);
      }
      return;
    }
    changes.push({
      profileId,
      field,
      ...(old !== undefined && { before: shown(old) }),
      ...(now !== undefined && { after: shown(now) }),
    });
  };
  compare(
    '',
    before && (JSON.parse(JSON.stringify(before)) as JsonValue),
    JSON.parse(JSON.stringify(after)) as JsonValue,
  );
  return changes.slice(0, MOST_CHANGES);
}

/** For people: `parameters.memberOf was ["a"] and is ["b"]`. */
export function describeChange({ field, before, after }: RulesChange): string {
  return `${field} was ${before ?? 'not given'} and is ${after ?? 'not given'}`;
}

function shown(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE
    ? `${text.slice(0, LONGEST_VALUE)}…`
    : text;
}

function isObject(
  value: JsonValue | undefined,
): value is { [key: string]: JsonValue | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
