import { InputError } from '@backstage/errors';

/** @throws InputError naming the field */
export function readInstant(value: string, field: string): number {
  const instant = Date.parse(value);
  if (!Number.isFinite(instant)) {
    throw new InputError(`${field} is not an instant in ISO 8601`);
  }
  return instant;
}
