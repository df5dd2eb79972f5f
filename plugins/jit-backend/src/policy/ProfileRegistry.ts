import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { configError } from '../config/configProblems';
import { JitConfig } from '../config/JitConfig';
import {
  ConnectionCondition,
  groupsNamedBy,
  whyClosed,
} from './closedProfiles';
import { BreakGlassCopy, whyNeedsCatalog } from './BreakGlassCopy';
import { ConnectionRegistry } from './ConnectionRegistry';
import { namedOnly } from './CopiedDirectory';
import { CatalogUnavailableError, Directory } from './Directory';
import { PinnedContent, pinProfile } from './pinProfile';
import { Profile } from './Profile';
import { profileProblems } from './profileProblems';

/** How soon a closed profile is looked at again because somebody asks for it. */
const LOOK_AGAIN_AFTER_MS = 5_000;

const NOT_LOOKED_AT = 'It has not been looked at yet, since the start';

export interface ProfileRegistryOptions {
  config: Pick<JitConfig, 'profiles' | 'operators'>;
  providers: ReadonlyMap<string, JitProvider>;
  connections: ConnectionRegistry;
  /** Must not answer from memory. */
  directory: Directory;
  /** How a connection does, by the ledger. */
  connectionHealth: (name: string) => Promise<ConnectionCondition>;
  logger: LoggerService;
  /** Monotonic milliseconds. */
  now?: () => number;
}

/**
 * The profiles in config. Each is *closed* from the start, and opens when all that it needs outside the config was seen to be there.
 */
export class ProfileRegistry {
  readonly #options: ProfileRegistryOptions;
  readonly #profiles: Map<string, Profile>;
  readonly #now: () => number;
  #closed: Map<string, string>;
  #lookedAt?: number;
  #looking?: Promise<void>;

  private constructor(options: ProfileRegistryOptions) {
    const { profiles } = options.config;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#profiles = new Map(profiles.map(profile => [profile.id, profile]));
    this.#closed = new Map(profiles.map(({ id }) => [id, NOT_LOOKED_AT]));
  }

  /**
   * Checks what config alone can decide. Asks nobody.
   *
   * @throws InputError naming the path of each key that is wrong.
   */
  static create(options: ProfileRegistryOptions): ProfileRegistry {
    const { config, providers, connections } = options;
    const problems = config.profiles.flatMap(profile =>
      profileProblems({ profile, providers, connections }),
    );
    if (problems.length > 0) {
      throw configError(problems);
    }
    return new ProfileRegistry(options);
  }

  get(id: string): Profile | undefined {
    return this.#profiles.get(id);
  }

  list(): Profile[] {
    return [...this.#profiles.values()];
  }

  /** The provider of a profile in the registry. */
  providerOf(profile: Profile): JitProvider {
    return this.#options.providers.get(profile.provider)!;
  }

  /** Why nobody can use it, as last seen. */
  closedReason(id: string): string | undefined {
    return this.#closed.get(id);
  }

  /**
   * Why nobody can use it. What is closed is looked at again, if that was not done just now: what has come back need not wait for the
   * next minute.
   */
  async lookAgain(id: string): Promise<string | undefined> {
    const due =
      this.#lookedAt === undefined ||
      this.#now() - this.#lookedAt >= LOOK_AGAIN_AFTER_MS;
    if (this.#closed.has(id) && (due || this.#looking)) {
      await this.refresh();
    }
    return this.closedReason(id);
  }

  /**
   * Why nobody can break its glass while the catalog cannot be asked: by the groups that there were, and what its targets are called.
   */
  async closedByCopy(
    id: string,
    copy: Pick<BreakGlassCopy, 'groups'>,
  ): Promise<string | undefined> {
    const { config, connectionHealth } = this.#options;
    const profile = this.#profiles.get(id)!;
    const needed = this.providerOf(profile).subjectFields
      ? 'what the catalog says of who receives it has to be looked up'
      : whyNeedsCatalog(profile);
    return needed
      ? `The catalog cannot be asked, and ${needed}`
      : whyClosed({
          profile,
          operators: config.operators,
          surroundings: {
            groups: new Set(copy.groups),
            entities: namedOnly(profile.targets?.entityRefs ?? []),
            connection: await connectionHealth(profile.connection),
          },
        });
  }

  /** Looks at everything that profiles need outside the config. Meant to be called each minute; calls at once share one look. */
  async refresh(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  /**
   * Resolves a profile for one lease, and has the provider judge the parameters.
   *
   * @returns what to keep in the ledger.
   * @throws NotFoundError for an unknown profile. NotAllowedError when the target or a parameter is outside what the profile or the
   * connection's ceiling allows. InputError for parameters the requester sent.
   */
  pin(options: {
    profileId: string;
    target?: Entity;
    parameters?: JsonObject;
  }): PinnedContent {
    const { profileId, target, parameters } = options;
    const profile = this.get(profileId);
    if (!profile) {
      throw new NotFoundError(`There is no profile ${profileId}`);
    }
    const provider = this.providerOf(profile);
    const { kind } = provider;
    const pinned = pinProfile({ profile, kind, target, parameters });
    if (pinned.content.partSlots) {
      // The provider and the ceiling judge them when the earlier parts are there.
      return pinned;
    }

    const params = provider.paramsSchema.safeParse(pinned.content.parameters);
    if (!params.success) {
      const keys = params.error.issues.map(issue => issue.path.join('.'));
      throw new NotAllowedError(
        `${
          provider.id
        } does not take the parameters of ${profileId}: ${keys.join(', ')}`,
      );
    }
    const refusal = provider.refusedByCeiling({
      params: params.data,
      connection: this.#options.connections.forProvider({
        connection: profile.connection,
        provider: provider.id,
      })!,
    });
    if (refusal) {
      throw new NotAllowedError(
        `${profileId} is outside the ceiling of the connection ${profile.connection}: ${refusal}`,
      );
    }
    return pinned;
  }

  async #look(): Promise<void> {
    this.#lookedAt = this.#now();
    try {
      this.#close(await this.#findClosed());
    } catch (error) {
      if (!CatalogUnavailableError.is(error)) {
        throw error;
      }
      const { message } = error;
      this.#close(new Map(this.list().map(({ id }) => [id, message])));
    }
  }

  async #findClosed(): Promise<Map<string, string>> {
    const { config, directory, connectionHealth } = this.#options;
    const { operators } = config;
    const profiles = this.list();
    const names = [...new Set(profiles.map(({ connection }) => connection))];
    const [groups, entities, conditions] = await Promise.all([
      directory.lookUpGroups(
        profiles.flatMap(profile => groupsNamedBy(profile, operators)),
      ),
      directory.lookUpEntities(
        profiles.flatMap(profile => profile.targets?.entityRefs ?? []),
      ),
      Promise.all(names.map(name => connectionHealth(name))),
    ]);
    const closed = new Map<string, string>();
    for (const profile of profiles) {
      const connection = conditions[names.indexOf(profile.connection)];
      const surroundings = { groups, entities, connection };
      const reason = whyClosed({ profile, operators, surroundings });
      if (reason) {
        closed.set(profile.id, reason);
      }
    }
    return closed;
  }

  #close(closed: Map<string, string>): void {
    const { logger } = this.#options;
    for (const { id } of this.list()) {
      const before = this.#closed.get(id);
      const reason = closed.get(id);
      if (reason && reason !== before) {
        logger.warn(`Profile ${id} is closed: ${reason}`);
      } else if (before && !reason) {
        logger.info(`Profile ${id} is open`);
      }
    }
    this.#closed = closed;
  }
}
