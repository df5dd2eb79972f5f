import {
  Directory,
  isTrustedTarget,
  ownersOf,
  ProfileRegistry,
} from '../policy';

/**
 * Who owns a target, as entity refs. Nobody, when the profile as it stands does not take the target's word: whoever registers an entity of
 * that name would be told of things that are not theirs.
 *
 * @throws CatalogUnavailableError
 */
export async function ownersOfTarget(
  target: { profileId: string; entityRef: string },
  options: {
    directory: Pick<Directory, 'lookUpEntities'>;
    profiles: Pick<ProfileRegistry, 'get'>;
  },
): Promise<string[]> {
  const { profileId, entityRef } = target;
  const profile = options.profiles.get(profileId);
  if (!profile) {
    return [];
  }
  const entities = await options.directory.lookUpEntities([entityRef]);
  const entity = entities.get(entityRef);
  return entity && isTrustedTarget({ targets: profile.targets, target: entity })
    ? ownersOf(entity)
    : [];
}
