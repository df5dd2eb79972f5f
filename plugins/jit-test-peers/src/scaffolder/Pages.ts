import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** The pages of a site, which somebody made, and which templates look for and take away over HTTP. */
export class Pages {
  static async open(): Promise<Pages> {
    const pages = new Pages();
    await new Promise<void>(resolve => {
      pages.#server.listen(0, '127.0.0.1', resolve);
    });
    return pages;
  }

  /** The names of those that are there. */
  readonly names = new Set<string>();
  /** Told before a page is taken away, or would be if it were there. @returns whether that may be; anything may when it is not set */
  onRemoval: ((name: string) => boolean) | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(({ method, url = '/' }, response) => {
      response.writeHead(this.#answer(method, url.slice(1))).end();
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #answer(method: string | undefined, name: string): number {
    if (method === 'DELETE') {
      if (this.onRemoval?.(name) === false) {
        return 503;
      }
      return this.names.delete(name) ? 204 : 404;
    }
    return this.names.has(name) ? 204 : 404;
  }
}
