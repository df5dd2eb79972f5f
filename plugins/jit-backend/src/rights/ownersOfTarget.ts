import { Entity } from '@backstage/catalog-model';
import {
  Directory,
  isTrustedTarget,
  ownersOf,
  ProfileRegistry,
} from '../policy';

/** What can be leased by a profile on an entity. */
interface Target {
  profileId: string;
  entityRef: string;
}

/**
 * Who owns a target, as entity refs. Nobody, when the profile as it stands does not take the target's word: whoever registers an entity of
 * that name would be told of things that are not theirs.
 *
 * @throws CatalogUnavailableError
 */
export async function ownersOfTarget(
  target: Target,
  options: {
    directory: Pick<Directory, 'lookUpEntities'>;
    profiles: Pick<ProfileRegistry, 'get'>;
  },
): Promise<string[]> {
  const { directory, profiles } = options;
  if (!profiles.get(target.profileId)) {
    return [];
  }
  const entities = await directory.lookUpEntities([target.entityRef]);
  return ownersIn(entities, target, profiles);
}

/** The same, of entities that were looked up. */
export function ownersIn(
  entities: ReadonlyMap<string, Entity>,
  { profileId, entityRef }: Target,
  profiles: Pick<ProfileRegistry, 'get'>,
): string[] {
  const targets = profiles.get(profileId)?.targets;
  const entity = entities.get(entityRef);
  return entity && isTrustedTarget({ targets, target: entity })
    ? ownersOf(entity)
    : [];
}
