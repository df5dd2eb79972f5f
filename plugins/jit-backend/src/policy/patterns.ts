import { RE2JS, RE2JSException } from 're2js';

/**
 * Patterns run on what strangers write, so they go through an engine that takes linear time: no look-around, no back references.
 *
 * @returns what is wrong with a pattern, or undefined.
 */
export function patternProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RE2JSException) {
      return 'is not a pattern that can be used: look-around and back references are not available';
    }
    throw error;
  }
}

/** Whether the pattern matches all of the value. */
export function matchesWhole(pattern: string, value: string): boolean {
  return RE2JS.compile(pattern).matches(value);
}

/** Whether the pattern matches from the value's first character, wherever it ends. */
export function matchesFromStart(pattern: string, value: string): boolean {
  return RE2JS.compile(pattern).matcher(value).lookingAt();
}

/** The names of the groups in a pattern. */
export function groupNames(pattern: string): string[] {
  return Object.keys(RE2JS.compile(pattern).namedGroups());
}

/** What the named groups of a pattern match, from the value's first character. None when it does not match. */
export function namedGroups(
  pattern: string,
  value: string,
): Record<string, string> {
  const matcher = RE2JS.compile(pattern).matcher(value);
  if (!matcher.lookingAt()) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(matcher.getNamedGroups()).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
}
