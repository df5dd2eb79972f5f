import {
  Entity,
  parseEntityRef,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import { Environment } from '@backstage-jit/plugin-jit-common';

/**
 * The requester's team: the group that owns the target, when the requester is in it; else the first by name of the groups that they are in. Who is in no
 * group, or not in the catalog, owns it themselves.
 */
export function ownerOf(
  { requester, entityRef }: Pick<Environment, 'requester' | 'entityRef'>,
  entities: ReadonlyMap<string, Entity>,
): string {
  const groups = related(entities.get(requester), RELATION_MEMBER_OF);
  const target = entityRef === undefined ? undefined : entities.get(entityRef);
  const owners = related(target, RELATION_OWNED_BY);
  return groups.find(group => owners.includes(group)) ?? groups[0] ?? requester;
}

/** The groups that an entity is related to, in order. */
function related(entity: Entity | undefined, relation: string): string[] {
  return (entity?.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => targetRef)
    .filter(ref => parseEntityRef(ref).kind === 'group')
    .sort();
}
