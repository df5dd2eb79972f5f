import { JsonObject } from '@backstage/types';

/**
 * Where the people of {@link createLifeEntities} come from.
 *
 * @public
 */
export const LIFE_ORIGIN = 'url:https://code.example.net/catalog/all.yaml';

/**
 * A catalog for {@link ProviderLife}: the people, an operator, and the group that all are in.
 *
 * @param people - what the catalog has of them under `spec.profile`, by their names
 *
 * @public
 */
export function createLifeEntities(people: Record<string, JsonObject>) {
  const entity = (kind: string, name: string, spec: JsonObject) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-origin-location': LIFE_ORIGIN },
    },
    spec,
  });
  return [
    entity('Group', 'crew', { type: 'team', children: [] }),
    ...Object.entries({ ...people, operator: {} }).map(([name, profile]) =>
      entity('User', name, { profile, memberOf: ['crew'] }),
    ),
  ];
}
