import { Entity } from '@backstage/catalog-model';
import { ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { BreakGlassCopy, ReadBreakGlassCopy } from './BreakGlassCopy';
import { CopiedDirectory, namedOnly } from './CopiedDirectory';
import { CatalogUnavailableError } from './Directory';
import { decideBreakGlass } from './eligibility';
import { Offers } from './OfferService';
import { describeOffer, refusedByPin } from './offers';
import { partSlotsOf } from './pinProfile';
import { PeopleRule, Profile } from './Profile';
import { ProfileRegistry } from './ProfileRegistry';
import { Subject } from './rules';

const REFUSAL =
  'The catalog does not answer: until it does, this can be had by break-glass alone';

/**
 * Tells people what they could break the glass for while the catalog does not answer, by who was in the groups when it last did. Grants nothing.
 */
export class BreakGlassOffers {
  readonly #profiles: ProfileRegistry;
  readonly #operators: PeopleRule[];
  readonly #lastCopy: ReadBreakGlassCopy;

  constructor(options: {
    profiles: ProfileRegistry;
    operators: PeopleRule[];
    lastCopy: ReadBreakGlassCopy;
  }) {
    this.#profiles = options.profiles;
    this.#operators = options.operators;
    this.#lastCopy = options.lastCopy;
  }

  /**
   * On one entity; without one, all there is, each offer with its target: in an outage nobody finds the entity. Without
   * bundles.
   *
   * @throws CatalogUnavailableError when there is nothing to offer: no copy that is young enough, a person who was in no break-glass group, or
   * nothing that they could have here.
   */
  async offersFor(options: {
    /** Normalised. */
    userRef: string;
    /** Normalised. */
    entityRef?: string;
  }): Promise<Offers> {
    const { userRef, entityRef } = options;
    const copy = await this.#lastCopy();
    if (!copy) {
      throw new CatalogUnavailableError('it does not answer');
    }
    const { subject } = await new CopiedDirectory(copy).lookUpSubject(userRef);
    const offers = await Promise.all(
      this.#profiles
        .list()
        .filter(profile => profile.breakGlass && !partSlotsOf(profile))
        .map(profile => this.#offersOf({ profile, subject, copy, entityRef })),
    );
    const items = offers.flat();
    if (items.length === 0) {
      throw new CatalogUnavailableError(
        'it does not answer, and there is nothing here that you could break the glass for meanwhile',
      );
    }
    return {
      items,
      bundles: [],
      catalogAsOf: new Date(copy.takenAt).toISOString(),
    };
  }

  async #offersOf(options: {
    profile: Profile;
    subject: Subject;
    copy: BreakGlassCopy;
    entityRef?: string;
  }): Promise<ProfileOffer[]> {
    const { profile, copy, subject } = options;
    if (await this.#profiles.closedByCopy(profile.id, copy)) {
      return [];
    }
    return targetsOf(profile, options.entityRef).flatMap(target =>
      this.#offer({ profile, subject, target }),
    );
  }

  #offer(options: {
    profile: Profile;
    subject: Subject;
    target?: NamedTarget;
  }): ProfileOffer[] {
    const { profile, subject } = options;
    const target = options.target?.entity;
    const pin = () => this.#profiles.pin({ profileId: profile.id, target });
    if (
      !decideBreakGlass({ profile, subject, target }).eligible ||
      refusedByPin(pin)
    ) {
      return [];
    }
    const offer = describeOffer({
      profile,
      kind: this.#profiles.providerOf(profile).kind,
      subject,
      target,
      operators: this.#operators,
      pin,
    });
    return [
      {
        ...offer,
        entityRef: options.target?.ref,
        automatic: false,
        onBehalf: undefined,
        refusal: REFUSAL,
      },
    ];
  }
}

interface NamedTarget {
  ref: string;
  entity: Entity;
}

/** What a profile can be leased on by the names in config: one of them, or all; for one without targets it is nothing in particular. */
function targetsOf(
  { targets }: Profile,
  wanted: string | undefined,
): Array<NamedTarget | undefined> {
  if (!targets) {
    return wanted ? [] : [undefined];
  }
  const refs = targets.entityRefs ?? [];
  const named = namedOnly(wanted ? refs.filter(ref => ref === wanted) : refs);
  return [...named].map(([ref, entity]) => ({ ref, entity }));
}
