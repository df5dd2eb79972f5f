const USUAL = 'user:default/';

/** A person in the words of a notice: `ada` for `user:default/ada`; whoever is not of that kind and namespace with both, so that no two are the same. */
export function shortName(entityRef: string): string {
  return entityRef.startsWith(USUAL)
    ? entityRef.slice(USUAL.length)
    : entityRef;
}
