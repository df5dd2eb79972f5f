import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isFromTrustedLocation,
  SubjectProfile,
} from '@backstage-jit/plugin-jit-node';
import { CatalogUnavailableError, Directory, SubjectLookup } from './Directory';
import { kindOf, normaliseEntityRef, relatedRefs } from './entityRefs';
import { groupsOf } from './membership';
import { profileOf } from './subjectProfile';
import { withTimeout } from './withTimeout';

/** Enough to judge a person or a group, without the rest of a large entity. */
const PEOPLE_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'relations',
  'spec.memberOf',
  'spec.parent',
  'spec.profile.email',
];

/** More people are not looked at to tell who could decide. */
const MOST_MEMBERS = 1_000;

/** A user or group. */
interface Person {
  /** The groups directly above. */
  above: string[];
  profile?: SubjectProfile;
}

/** Asks the catalog each time. */
export class CatalogDirectory implements Directory {
  readonly #options: {
    catalog: CatalogService;
    auth: AuthService;
    timeoutMs: number;
    trustedLocations?: string[];
    managerAnnotation?: string;
  };

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    /** How long one call may take. */
    timeoutMs: number;
    /** Where users and groups have to come from in order to count. From anywhere when not given. */
    trustedLocations?: string[];
    /** Where a User says who their manager is; believed with `trustedLocations` only. */
    managerAnnotation?: string;
  }) {
    this.#options = options;
  }

  async lookUpSubject(userRef: string): Promise<SubjectLookup> {
    const found = await this.lookUpSubjects([userRef]);
    return found.get(userRef)!;
  }

  async lookUpSubjects(
    userRefs: string[],
  ): Promise<Map<string, SubjectLookup>> {
    for (const ref of userRefs) {
      if (kindOf(ref) !== 'user') {
        throw new InputError(`${ref} is not a User of the catalog`);
      }
    }
    const users = await this.#people(userRefs);
    if (users.size < new Set(userRefs).size) {
      await this.#assertHoldsUsers();
    }
    const parents = await this.#groupsAbove([...users.values()]);
    return new Map(
      userRefs.map(ref => {
        const user = users.get(ref);
        return [
          ref,
          user
            ? {
                status: 'found',
                subject: {
                  ref,
                  groups: groupsOf({ user: user.above, parents }),
                  ...(user.profile && {
                    profile: user.profile,
                    manager: this.#managerOf(user.profile),
                  }),
                },
              }
            : { status: 'gone' },
        ];
      }),
    );
  }

  async lookUpMembers(refs: string[]): Promise<Map<string, string[]>> {
    const ofKind = (kind: string) => refs.filter(ref => kindOf(ref) === kind);
    const [users, groups] = await Promise.all([
      this.#people(ofKind('user')),
      this.#people(ofKind('group')),
    ]);
    const parents = await this.#groupsBelow(groups);
    const members = await this.#find('User', 'memberOf', [...parents.keys()]);
    const groupsOfMembers = new Map(
      [...members].map(([ref, { above }]) => [
        ref,
        groupsOf({ user: above, parents }),
      ]),
    );
    return new Map(
      refs.map(ref => [
        ref,
        users.has(ref)
          ? [ref]
          : [...members.keys()]
              .filter(member => groupsOfMembers.get(member)!.includes(ref))
              .sort(),
      ]),
    );
  }

  /** Groups and all groups below them, each with those directly above it; level by level, each group once, so that cycles end. */
  async #groupsBelow(
    groups: Map<string, Person>,
  ): Promise<Map<string, string[]>> {
    const parents = new Map<string, string[]>();
    let level = [...groups];
    while (level.length > 0) {
      for (const [ref, { above }] of level) {
        parents.set(ref, above);
      }
      const children = await this.#find(
        'Group',
        'childOf',
        level.map(([ref]) => ref),
      );
      level = [...children].filter(([ref]) => !parents.has(ref));
    }
    return parents;
  }

  /** Users or groups that count and are directly in one of the groups. */
  async #find(
    kind: 'User' | 'Group',
    relation: 'memberOf' | 'childOf',
    groups: string[],
  ): Promise<Map<string, Person>> {
    if (groups.length === 0) {
      return new Map();
    }
    const { items } = await this.#ask((catalog, options) =>
      catalog.queryEntities(
        {
          filter: { kind, [`relations.${relation}`]: groups },
          fields: PEOPLE_FIELDS,
          limit: MOST_MEMBERS,
        },
        options,
      ),
    );
    return this.#counting(
      items.map(entity => [stringifyEntityRef(entity), entity]),
    );
  }

  async lookUpGroups(groupRefs: string[]): Promise<Set<string>> {
    const groups = await this.#people(groupRefs);
    return new Set(groups.keys());
  }

  async lookUpEntities(entityRefs: string[]): Promise<Map<string, Entity>> {
    return this.#read(entityRefs);
  }

  /** Level by level, each group once, so that cycles end. */
  async #groupsAbove(
    users: Array<{ above: string[] }>,
  ): Promise<Map<string, string[]>> {
    const parents = new Map<string, string[]>();
    const asked = new Set<string>();
    let level = users.flatMap(user => user.above);
    while (level.length > 0) {
      const next = [...new Set(level)].filter(ref => !asked.has(ref));
      for (const ref of next) {
        asked.add(ref);
      }
      const groups = await this.#people(next);
      for (const [ref, group] of groups) {
        parents.set(ref, group.above);
      }
      level = [...groups.values()].flatMap(group => group.above);
    }
    return parents;
  }

  async #people(refs: string[]): Promise<Map<string, Person>> {
    return this.#counting(await this.#read(refs, PEOPLE_FIELDS));
  }

  /** Those of the users and groups whose word is taken. */
  #counting(entities: Iterable<[string, Entity]>): Map<string, Person> {
    const { trustedLocations } = this.#options;
    const people = new Map<string, Person>();
    for (const [ref, entity] of entities) {
      if (
        !trustedLocations ||
        isFromTrustedLocation({ entity, trustedLocations })
      ) {
        people.set(ref, {
          above: groupsDirectlyAbove(entity),
          ...(trustedLocations && { profile: profileOf(entity) }),
        });
      }
    }
    return people;
  }

  #managerOf({ annotations }: SubjectProfile): string | undefined {
    const { managerAnnotation } = this.#options;
    const named = managerAnnotation && annotations?.[managerAnnotation];
    const ref = named && normaliseEntityRef(named, { defaultKind: 'user' });
    return ref && kindOf(ref) === 'user' ? ref : undefined;
  }

  async #read(refs: string[], fields?: string[]): Promise<Map<string, Entity>> {
    const entityRefs = [...new Set(refs)];
    if (entityRefs.length === 0) {
      return new Map();
    }
    const { items } = await this.#ask((catalog, options) =>
      catalog.getEntitiesByRefs({ entityRefs, fields }, options),
    );
    if (items.length !== entityRefs.length) {
      throw new CatalogUnavailableError('its answer is incomplete');
    }
    const found = new Map<string, Entity>();
    for (const [index, entity] of items.entries()) {
      if (entity && stringifyEntityRef(entity) === entityRefs[index]) {
        found.set(entityRefs[index], entity);
      }
    }
    return found;
  }

  /** A catalog that was just started or restored is empty for a while: nobody has left because of that. */
  async #assertHoldsUsers(): Promise<void> {
    const { items } = await this.#ask((catalog, options) =>
      catalog.queryEntities(
        { filter: { kind: 'User' }, fields: ['kind'], limit: 1 },
        options,
      ),
    );
    if (items.length === 0) {
      throw new CatalogUnavailableError('it holds no users at all');
    }
  }

  async #ask<T>(
    call: (
      catalog: CatalogService,
      options: Parameters<CatalogService['getEntitiesByRefs']>[1],
    ) => Promise<T>,
  ): Promise<T> {
    const { catalog, auth, timeoutMs } = this.#options;
    try {
      return await withTimeout(timeoutMs, async () =>
        call(catalog, { credentials: await auth.getOwnServiceCredentials() }),
      );
    } catch (error) {
      throw CatalogUnavailableError.ofFailed(error);
    }
  }
}

function groupsDirectlyAbove(entity: Entity): string[] {
  const isUser = entity.kind.toLocaleLowerCase('en-US') === 'user';
  const refs = isUser
    ? relatedRefs({
        entity,
        relation: RELATION_MEMBER_OF,
        named: entity.spec?.memberOf,
      })
    : relatedRefs({
        entity,
        relation: RELATION_CHILD_OF,
        named: entity.spec?.parent,
      });
  return refs.filter(ref => kindOf(ref) === 'group');
}
