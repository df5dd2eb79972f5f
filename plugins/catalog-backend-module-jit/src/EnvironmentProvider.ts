import { LoggerService } from '@backstage/backend-plugin-api';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { Owners } from './CatalogOwners';
import { Environments } from './HttpEnvironments';
import { nextMutation, Told } from './nextMutation';
import { toEntity } from './toEntity';

/** Whatever somebody else did to our entities, and whoever changed their team: after so long it is as it should be. */
const TELL_ALL_AFTER_MS = 60_000;
/** A jit backend that starts after the catalog is nothing to warn of. */
const WARN_AT_FAILURE = 5;

/**
 * Keeps the entities in step with the environments that live.
 *
 * Each look reads all environments and tells the catalog the difference. Everything is told anew at the start, each minute, and after a look that failed: until
 * then the catalog keeps what it has. Each replica does so for itself; what they tell is the same.
 */
export class EnvironmentProvider implements EntityProvider {
  readonly #options: {
    environments: Environments;
    owners: Owners;
    appUrl: string;
    logger: LoggerService;
    start(refresh: () => Promise<void>): Promise<void>;
    now(): number;
  };
  #told?: Told;
  #toldAllAt = 0;
  /** What was read last, as text. */
  #read = '';
  #failures = 0;

  constructor(options: {
    environments: Environments;
    owners: Owners;
    /** `app.baseUrl`. */
    appUrl: string;
    logger: LoggerService;
    /** Has this called again and again, never while it runs. */
    start(refresh: () => Promise<void>): Promise<void>;
    /** Monotonic, in milliseconds. */
    now?(): number;
  }) {
    this.#options = { now: () => performance.now(), ...options };
  }

  getProviderName(): string {
    return 'jit-environments';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.#options.start(() => this.#refresh(connection));
  }

  async #refresh(connection: EntityProviderConnection): Promise<void> {
    const { logger } = this.#options;
    try {
      await this.#tell(connection);
      if (this.#failures >= WARN_AT_FAILURE) {
        logger.info('The environments can be read again');
      }
      this.#failures = 0;
    } catch (error) {
      this.#told = undefined;
      this.#failures += 1;
      if (this.#failures === WARN_AT_FAILURE) {
        logger.warn(
          'The environments cannot be read; the catalog keeps those that it has',
          { error: (error as Error).name },
        );
      }
    }
  }

  async #tell(connection: EntityProviderConnection): Promise<void> {
    const { environments, owners, now, appUrl } = this.#options;
    const at = now();
    if (at - this.#toldAllAt >= TELL_ALL_AFTER_MS) {
      this.#told = undefined;
    }
    const live = await environments.list();
    const read = JSON.stringify(live);
    if (this.#told && read === this.#read) {
      return;
    }
    const ownedBy = await owners.of(live);
    const { mutation, told } = nextMutation(
      this.#told,
      live.map((each, index) =>
        toEntity(each, { owner: ownedBy[index], appUrl }),
      ),
    );
    if (mutation) {
      await connection.applyMutation(mutation);
    }
    if (!this.#told) {
      this.#toldAllAt = at;
    }
    this.#told = told;
    this.#read = read;
  }
}
