import { JsonObject, JsonPrimitive, JsonValue } from '@backstage/types';
import { patternProblem } from '../policy/patterns';
import { AllowedValues, ParameterSlot } from '../policy/Profile';

/** `${{ target.metadata.name }}`, `${{ target.metadata.annotations['acme.com/role'] }}`, `${{ parameters.size }}`, `${{ parts.my-db.host }}`. */
const SUBSTITUTION =
  /^\$\{\{\s*(target|parameters|parts)((?:\.[A-Za-z_][\w-]*|\['[^'\]]+'\])+)\s*\}\}$/;

const SEGMENT = /\.([A-Za-z_][\w-]*)|\['([^'\]]+)'\]/g;

type Place = Array<string | number>;

interface SlotProblem {
  at: Place;
  message: string;
}

/**
 * Takes the substitutions out of a profile's parameters: `{ value: '${{ … }}', allow: … }` becomes null and a slot.
 */
export function extractSlots(parameters: JsonObject): {
  parameters: JsonObject;
  slots: ParameterSlot[];
  problems: SlotProblem[];
} {
  const slots: ParameterSlot[] = [];
  const problems: SlotProblem[] = [];

  const walk = (node: JsonValue | undefined, at: Place): JsonValue => {
    if (typeof node === 'string' && node.includes('${{')) {
      problems.push({
        at,
        message: SUBSTITUTION.test(node)
          ? 'needs to say what it may become: { value: ..., allow: [...] } or { value: ..., allow: { pattern: ... } }'
          : 'has a substitution in it that does not fill the whole value with something of target, parameters or parts',
      });
      return null;
    }
    if (Array.isArray(node)) {
      return node.map((item, index) => walk(item, [...at, index]));
    }
    if (typeof node !== 'object' || node === null) {
      return node ?? null;
    }
    if (typeof node.value === 'string' && node.value.includes('${{')) {
      const slot = readSlot(node, at);
      if ('message' in slot) {
        problems.push(slot);
      } else {
        slots.push(slot);
      }
      return null;
    }
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        key,
        walk(value, [...at, key]),
      ]),
    );
  };

  return { parameters: walk(parameters, []) as JsonObject, slots, problems };
}

function readSlot(node: JsonObject, at: Place): ParameterSlot | SlotProblem {
  const [, from, path] = SUBSTITUTION.exec(String(node.value)) ?? [];
  if (from !== 'target' && from !== 'parameters' && from !== 'parts') {
    return {
      at: [...at, 'value'],
      message:
        'must be one substitution such as ${{ target.metadata.name }} and nothing else',
    };
  }
  const segments = [...path.matchAll(SEGMENT)].map(([, a, b]) => a ?? b);
  if (from === 'parameters' && segments.length > 1) {
    return {
      at: [...at, 'value'],
      message: 'must name one parameter of the request, without anything below',
    };
  }
  if (from === 'parts' && segments.length !== 2) {
    return {
      at: [...at, 'value'],
      message:
        'must name an earlier part of the bundle and one of its facts: ${{ parts.<profile>.<fact> }}',
    };
  }
  const unknown = Object.keys(node).find(
    key => key !== 'value' && key !== 'allow',
  );
  if (unknown) {
    return { at: [...at, unknown], message: 'is not a known key' };
  }
  const allow = readAllow(node.allow);
  return typeof allow === 'string'
    ? { at: [...at, 'allow'], message: allow }
    : { at, from, path: segments, allow };
}

/** The allowed values, or what is wrong with them. */
function readAllow(allow: JsonValue | undefined): AllowedValues | string {
  const wanted = 'must be a list of values or { pattern: ... }';
  if (Array.isArray(allow)) {
    const scalars = allow.filter(
      (value): value is JsonPrimitive =>
        value !== null && typeof value !== 'object',
    );
    return allow.length > 0 && scalars.length === allow.length
      ? { values: scalars }
      : wanted;
  }
  if (typeof allow !== 'object' || allow === null) {
    return wanted;
  }
  const { pattern, ...others } = allow;
  if (typeof pattern !== 'string' || Object.keys(others).length > 0) {
    return wanted;
  }
  const problem = patternProblem(pattern);
  return problem ? `has a pattern that ${problem}` : { pattern };
}
