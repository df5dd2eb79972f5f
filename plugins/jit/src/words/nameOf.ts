import { parseEntityRef } from '@backstage/catalog-model';

/** A short name for an entity ref, for where only text can stand; the ref itself when it is none. */
export function nameOf(entityRef: string): string {
  try {
    return parseEntityRef(entityRef).name;
  } catch {
    return entityRef;
  }
}
