import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { ENVIRONMENTS_LOCATION } from '@backstage-jit/plugin-jit-common';

/** What the catalog was last told, by entity ref. */
export type Told = ReadonlyMap<string, string>;

const locationKey = ENVIRONMENTS_LOCATION;

/**
 * What the catalog has to be told so that it has these entities and no others: the difference, or all when it is not known what it has.
 *
 * @param told - undefined when it is not known
 * @returns the mutation, undefined when there is nothing to tell; and what it has been told then
 */
export function nextMutation(
  told: Told | undefined,
  entities: Entity[],
): { mutation?: EntityProviderMutation; told: Told } {
  const wanted = new Map(
    entities.map(entity => [stringifyEntityRef(entity), entity]),
  );
  const next = new Map(
    [...wanted].map(([ref, entity]) => [ref, JSON.stringify(entity)]),
  );
  if (!told) {
    const all = entities.map(entity => ({ entity, locationKey }));
    return { mutation: { type: 'full', entities: all }, told: next };
  }
  const added = [...wanted]
    .filter(([ref]) => told.get(ref) !== next.get(ref))
    .map(([, entity]) => ({ entity, locationKey }));
  const removed = [...told.keys()]
    .filter(ref => !next.has(ref))
    .map(entityRef => ({ entityRef, locationKey }));
  return added.length || removed.length
    ? { mutation: { type: 'delta', added, removed }, told: next }
    : { told: next };
}
