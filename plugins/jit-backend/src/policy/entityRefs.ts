import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { isStorableText } from './text';

const MAXIMUM_LENGTH = 500;

/**
 * Brings an entity ref into the one form in which refs are compared: `kind:namespace/name` in lower case.
 *
 * @returns undefined when it is not an entity ref, or has no kind and the context gives none.
 */
export function normaliseEntityRef(
  value: string,
  context?: { defaultKind: string; defaultNamespace?: string },
): string | undefined {
  if (value.length > MAXIMUM_LENGTH || !isStorableText(value)) {
    return undefined;
  }
  try {
    return stringifyEntityRef(parseEntityRef(value, context));
  } catch {
    return undefined;
  }
}

/**
 * Reads an entity ref that came from outside.
 *
 * @throws InputError naming the field.
 */
export function readEntityRef(value: string, field: string): string {
  const ref = normaliseEntityRef(value);
  if (!ref) {
    throw new InputError(
      `${field} is not an entity ref such as resource:default/orders-db`,
    );
  }
  return ref;
}

/** The kind in a normalised ref. */
export function kindOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'));
}

/**
 * The groups or people an entity points to, normalised: by its relations where the catalog has made them, else by its own word.
 */
export function relatedRefs(options: {
  entity: Entity;
  relation: string;
  /** The value in `spec` that the relation is made of. */
  named: JsonValue | undefined;
}): string[] {
  const { entity, relation, named } = options;
  if (entity.relations) {
    return entity.relations
      .filter(({ type }) => type === relation)
      .flatMap(({ targetRef }) => normaliseEntityRef(targetRef) ?? []);
  }
  const context = {
    defaultKind: 'group',
    defaultNamespace: entity.metadata.namespace,
  };
  return [named ?? []]
    .flat()
    .flatMap(ref =>
      typeof ref === 'string' ? normaliseEntityRef(ref, context) ?? [] : [],
    );
}
