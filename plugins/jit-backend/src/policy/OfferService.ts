import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { Directory } from './Directory';
import { describeOffer } from './offers';
import { PeopleRule } from './Profile';
import { ProfileRegistry } from './ProfileRegistry';
import { isTarget } from './targets';

/**
 * Tells people what they could lease, and if not, why. Grants nothing.
 */
export class OfferService {
  readonly #profiles: ProfileRegistry;
  readonly #directory: Directory;
  readonly #operators: PeopleRule[];

  constructor(options: {
    profiles: ProfileRegistry;
    /** May answer from a short memory. */
    directory: Directory;
    operators: PeopleRule[];
  }) {
    this.#profiles = options.profiles;
    this.#directory = options.directory;
    this.#operators = options.operators;
  }

  /**
   * The profiles that can be leased on an entity, or, without one, those that are leased without a target, in the order of the config.
   * Does not ask whether the caller may see the entity.
   *
   * @throws NotFoundError for an entity that does not exist, NotAllowedError for a person who does not, CatalogUnavailableError.
   */
  async offersFor(options: {
    /** Normalised. */
    userRef: string;
    /** Normalised. */
    entityRef?: string;
  }): Promise<ProfileOffer[]> {
    const { userRef, entityRef } = options;
    const [lookup, entities] = await Promise.all([
      this.#directory.lookUpSubject(userRef),
      this.#directory.lookUpEntities(entityRef ? [entityRef] : []),
    ]);
    if (lookup.status === 'gone') {
      throw new NotAllowedError(`${userRef} is not a User of the catalog`);
    }
    const target = entityRef ? entities.get(entityRef) : undefined;
    if (entityRef && !target) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    const fitting = this.#profiles
      .list()
      .filter(({ targets }) =>
        target ? isTarget({ targets, target }) : !targets,
      );
    return Promise.all(
      fitting.map(async profile =>
        describeOffer({
          profile,
          kind: this.#profiles.providerOf(profile).kind,
          subject: lookup.subject,
          target,
          operators: this.#operators,
          closed: await this.#profiles.lookAgain(profile.id),
          pin: () => this.#profiles.pin({ profileId: profile.id, target }),
        }),
      ),
    );
  }
}
