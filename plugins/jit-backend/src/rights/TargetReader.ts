import { NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CatalogUnavailableError } from '../policy';
import { withTimeout } from '../policy/withTimeout';
import { Caller } from './Caller';

/** Knows who may see an entity: the catalog does. */
export class TargetReader {
  readonly #catalog: CatalogService;
  readonly #timeoutMs: number;

  constructor(options: { catalog: CatalogService; timeoutMs: number }) {
    this.#catalog = options.catalog;
    this.#timeoutMs = options.timeoutMs;
  }

  /**
   * Asks with the caller's own credentials. A service that acts for nobody is not asked about: what it may is in its token.
   *
   * @throws NotFoundError for an entity that does not exist, or not for the caller; CatalogUnavailableError
   */
  async demandReadable(entityRef: string, caller: Caller): Promise<void> {
    if (caller.user === undefined) {
      return;
    }
    const entity = await this.#read(entityRef, caller);
    if (!entity) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
  }

  async #read(entityRef: string, { credentials }: Caller): Promise<unknown> {
    try {
      return await withTimeout(this.#timeoutMs, () =>
        this.#catalog.getEntityByRef(entityRef, { credentials }),
      );
    } catch (error) {
      throw CatalogUnavailableError.ofFailed(error);
    }
  }
}
