import { AuthService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LeaseVisibility } from '../database/operations/leases/listLeases';
import {
  CatalogUnavailableError,
  Directory,
  isTrustedTarget,
  ownersOf,
  ProfileRegistry,
  Subject,
} from '../policy';
import { withTimeout } from '../policy/withTimeout';
import { ownersOfTarget } from './ownersOfTarget';

/** More than a person's team owns of what can be leased on. */
const MOST_ENTITIES = 1_000;

/** A statement takes only so many values. */
const MOST_VALUES = 10_000;

/**
 * Knows on which leases somebody has a say because they own the target. The target must be one whose word the profile takes, as the
 * profile stands today: else whoever registers an entity of that name would own the lease.
 */
export class TargetOwners {
  readonly #options: {
    catalog: CatalogService;
    auth: AuthService;
    directory: Directory;
    profiles: ProfileRegistry;
    timeoutMs: number;
  };

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    directory: Directory;
    profiles: ProfileRegistry;
    /** How long the catalog may take. */
    timeoutMs: number;
  }) {
    this.#options = options;
  }

  /** @throws CatalogUnavailableError */
  async owns(
    subject: Subject | undefined,
    lease: { profileId: string; entityRef?: string },
  ): Promise<boolean> {
    const { profileId, entityRef } = lease;
    if (!subject || !entityRef) {
      return false;
    }
    const owners = await ownersOfTarget(
      { profileId, entityRef },
      this.#options,
    );
    return isAmong(owners, subject);
  }

  /**
   * All that a person owns, as profiles on targets.
   *
   * @throws CatalogUnavailableError
   */
  async ownedBy(
    subject: Subject | undefined,
  ): Promise<LeaseVisibility['owned']> {
    const profiles = this.#options.profiles
      .list()
      .filter(
        ({ targets }) => targets?.entityRefs || targets?.trustedLocations,
      );
    if (!subject || !profiles.length) {
      return [];
    }
    const entities = await this.#entitiesOwnedBy(subject);
    const owned = new Map<string, LeaseVisibility['owned'][number]>();
    let left = MOST_VALUES;
    for (const { id, targets } of profiles) {
      const entityRefs = entities
        .filter(target => isTrustedTarget({ targets, target }))
        .map(entity => stringifyEntityRef(entity))
        .slice(0, Math.max(left, 0));
      if (entityRefs.length) {
        const key = entityRefs.join();
        const known = owned.get(key);
        const together = known ?? { entityRefs, profileIds: [] };
        together.profileIds.push(id);
        owned.set(key, together);
        left -= known ? 1 : entityRefs.length + 1;
      }
    }
    return [...owned.values()];
  }

  async #entitiesOwnedBy(subject: Subject): Promise<Entity[]> {
    const { catalog, auth, timeoutMs } = this.#options;
    try {
      const { items } = await withTimeout(timeoutMs, async () =>
        catalog.queryEntities(
          {
            filter: { 'relations.ownedBy': [subject.ref, ...subject.groups] },
            limit: MOST_ENTITIES,
          },
          { credentials: await auth.getOwnServiceCredentials() },
        ),
      );
      return items.filter(entity => isAmong(ownersOf(entity), subject));
    } catch {
      throw new CatalogUnavailableError('it does not answer');
    }
  }
}

function isAmong(owners: string[], subject: Subject): boolean {
  return owners.some(
    owner => owner === subject.ref || subject.groups.includes(owner),
  );
}
