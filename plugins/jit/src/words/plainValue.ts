/** A value of a profile's parameters as text. */
export function plainValue(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(plainValue).join(', ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
