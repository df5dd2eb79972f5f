import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { Entity } from '@backstage/catalog-model';
import { BundleOffer, ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { describeBundleOffer } from './bundleOffers';
import { BundleRegistry } from './BundleRegistry';
import { Directory } from './Directory';
import { describeOffer } from './offers';
import { partSlotsOf } from './pinProfile';
import { PeopleRule, Profile } from './Profile';
import { ProfileRegistry } from './ProfileRegistry';
import { Subject } from './rules';
import { isTarget } from './targets';

/** What a person could lease. */
export interface Offers {
  items: ProfileOffer[];
  bundles: BundleOffer[];
  /** Set while the catalog does not answer: when it last did. Then all that is offered is to break the glass. */
  catalogAsOf?: string;
}

/**
 * Tells people what they could lease, and if not, why. Grants nothing.
 */
export class OfferService {
  readonly #profiles: ProfileRegistry;
  readonly #bundles: BundleRegistry;
  readonly #directory: Directory;
  readonly #operators: PeopleRule[];

  constructor(options: {
    profiles: ProfileRegistry;
    bundles: BundleRegistry;
    /** May answer from a short memory. */
    directory: Directory;
    operators: PeopleRule[];
  }) {
    this.#profiles = options.profiles;
    this.#bundles = options.bundles;
    this.#directory = options.directory;
    this.#operators = options.operators;
  }

  /**
   * The profiles and bundles that can be leased on an entity, or, without one, those that are leased without a target, in the order of the
   * config. What can only be leased as a part of a bundle stands in its bundle alone.
   * Does not ask whether the caller may see the entity.
   *
   * @throws NotFoundError for an entity that does not exist, NotAllowedError for a person who does not, CatalogUnavailableError.
   */
  async offersFor(options: {
    /** Normalised. */
    userRef: string;
    /** Normalised. */
    entityRef?: string;
  }): Promise<Offers> {
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
    const describe = (profile: Profile) =>
      this.#describe(profile, lookup.subject, target);
    const [items, bundles] = await Promise.all([
      Promise.all(
        this.#profiles
          .list()
          .filter(profile => fits(profile, target) && !partSlotsOf(profile))
          .map(describe),
      ),
      Promise.all(
        this.#bundles
          .list()
          .filter(bundle => fitsBundle(this.#bundles.partsOf(bundle), target))
          .map(async bundle =>
            describeBundleOffer({
              bundle,
              times: this.#bundles.timesOf(bundle),
              parts: await Promise.all(
                this.#bundles.partsOf(bundle).map(describe),
              ),
            }),
          ),
      ),
    ]);
    return { items, bundles };
  }

  async #describe(
    profile: Profile,
    subject: Subject,
    entity: Entity | undefined,
  ): Promise<ProfileOffer> {
    // A part that is leased without a target is so in a bundle on one, too.
    const target = profile.targets && entity;
    return describeOffer({
      profile,
      kind: this.#profiles.providerOf(profile).kind,
      subject,
      target,
      operators: this.#operators,
      closed: await this.#profiles.lookAgain(profile.id),
      pin: () => this.#profiles.pin({ profileId: profile.id, target }),
    });
  }
}

function fits({ targets }: Profile, target: Entity | undefined): boolean {
  return target ? isTarget({ targets, target }) : !targets;
}

/** A bundle is leased on what all of its parts that have targets can be leased on. */
function fitsBundle(parts: Profile[], target: Entity | undefined): boolean {
  const targeted = parts.filter(part => part.targets);
  return target
    ? targeted.length > 0 && targeted.every(part => fits(part, target))
    : targeted.length === 0;
}
