import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Environment } from '@backstage-jit/plugin-jit-common';
import { setTimeout as wait } from 'node:timers/promises';
import { ownerOf } from './ownerOf';

const TIMEOUT_MS = 10_000;
/** So many refs are asked for at once. */
const BATCH = 500;
const FIELDS = ['kind', 'metadata.namespace', 'metadata.name', 'relations'];

/** Tells who owns environments. */
export interface Owners {
  /** The owners of these, in the same order. @throws when the catalog does not answer */
  of(environments: Environment[]): Promise<string[]>;
}

/** Looks the people and the targets up in the catalog. */
export class CatalogOwners implements Owners {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  async of(environments: Environment[]): Promise<string[]> {
    const refs = new Set(
      environments.flatMap(({ requester, entityRef }) =>
        entityRef === undefined ? [requester] : [requester, entityRef],
      ),
    );
    const entities = await this.#lookUp([...refs]);
    return environments.map(each => ownerOf(each, entities));
  }

  async #lookUp(refs: string[]): Promise<Map<string, Entity>> {
    const found = new Map<string, Entity>();
    for (let at = 0; at < refs.length; at += BATCH) {
      const entityRefs = refs.slice(at, at + BATCH);
      const { items } = await Promise.race([this.#ask(entityRefs), tooLate()]);
      for (const [index, entity] of items.entries()) {
        if (entity) {
          found.set(entityRefs[index], entity);
        }
      }
    }
    return found;
  }

  async #ask(entityRefs: string[]) {
    return await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: FIELDS },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
  }
}

async function tooLate(): Promise<never> {
  await wait(TIMEOUT_MS, undefined, { ref: false });
  throw new Error('The catalog does not answer');
}
