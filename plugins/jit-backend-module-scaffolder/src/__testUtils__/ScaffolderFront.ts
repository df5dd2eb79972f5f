import { CatalogService } from '@backstage/plugin-catalog-node';
import { ExchangeTap } from '@backstage-jit/plugin-jit-test-utils';

/** Nobody listens there. */
const CLOSED = 'http://127.0.0.1:2';

type Catalog = Pick<CatalogService, 'getEntityByRef'>;

/** What stands between the provider and the portal: whatever it asks of scaffolder, catalog and page is an exchange, and can fail. */
export class ScaffolderFront {
  readonly tap = new ExchangeTap();
  /** Nobody can be reached. */
  away = false;

  /** Of the scaffolder. */
  readonly fetch: typeof fetch = (input, init = {}) =>
    this.tap.run(() => this.#send(input, init), {
      signal: init.signal ?? undefined,
      // Whoever sent it has given up; it is on its way all the same.
      deliverLate: () => this.#send(input, { ...init, signal: undefined }),
    });

  /** A catalog that is asked over the same way. */
  catalog(real: Catalog): CatalogService {
    const catalog: Catalog = {
      getEntityByRef: (ref, options) =>
        this.tap.run(async () => {
          if (this.away) {
            throw new Error('connect ECONNREFUSED');
          }
          return await real.getEntityByRef(ref, options);
        }),
    };
    return catalog as CatalogService;
  }

  /** Looks at pages by what is there. */
  look(isThere: (name: string) => boolean): typeof fetch {
    return (input, init) =>
      this.tap.run(
        async () => {
          if (this.away) {
            return await fetch(CLOSED);
          }
          const name = new URL(String(input)).pathname.slice(1);
          return new Response(null, { status: isThere(name) ? 200 : 404 });
        },
        { signal: init?.signal ?? undefined },
      );
  }

  async reset(): Promise<void> {
    this.away = false;
    await this.tap.restore();
  }

  async #send(
    input: Parameters<typeof fetch>[0],
    init: RequestInit,
  ): Promise<Response> {
    return await fetch(this.away ? CLOSED : input, init);
  }
}
