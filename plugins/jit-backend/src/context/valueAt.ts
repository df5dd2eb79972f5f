/** What stands in JSON at the end of a list of keys; undefined when nothing does. Places in a list are keys too: `0`. */
export function valueAt(json: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    json,
  );
}
