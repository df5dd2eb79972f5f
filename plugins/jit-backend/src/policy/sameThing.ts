import { JsonObject, JsonValue } from '@backstage/types';
import { canonicalJson } from './pinProfile';
import { ParameterSlot, PinnedProfile } from './Profile';
import { valueAt, withValueAt } from './substitution';

/** What a requester must have sent, by what a lease has become: the same values in the places of now. */
export function sentParameters(
  slots: ParameterSlot[],
  parameters: JsonObject,
): JsonObject | undefined {
  let sent: JsonObject | undefined;
  for (const { from, path, at } of slots) {
    const value = valueAt(parameters, at);
    if (from === 'parameters' && value !== undefined) {
      sent = nested(sent ?? {}, path.map(String), value);
    }
  }
  return sent;
}

/** Whether a profile, resolved anew, gives what a lease of it holds. What parts of a bundle take from each other is theirs. */
export function isSameThing(
  content: PinnedProfile,
  lease: { provider: string; connection: string; parameters: JsonObject },
): boolean {
  const { partSlots = [] } = content;
  const parameters = partSlots.reduce<JsonValue>(
    (filled, { at }) =>
      valueAt(filled, at) === undefined
        ? filled
        : withValueAt(filled, at, null),
    lease.parameters,
  );
  return (
    content.provider === lease.provider &&
    content.connection === lease.connection &&
    canonicalJson(content.parameters) ===
      canonicalJson(parameters as JsonObject)
  );
}

function nested(
  into: JsonObject,
  [key, ...rest]: string[],
  value: JsonValue,
): JsonObject {
  const known = into[key];
  const inner =
    typeof known === 'object' && known !== null && !Array.isArray(known)
      ? known
      : {};
  return { ...into, [key]: rest.length ? nested(inner, rest, value) : value };
}
