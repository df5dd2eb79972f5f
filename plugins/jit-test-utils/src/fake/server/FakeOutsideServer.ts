import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { FakeCallStart } from '../outside/CallLog';
import { FakeOutside } from '../outside/FakeOutside';
import { FakeOutsideError } from '../outside/FakeOutsideError';
import { FakeWorld } from '../outside/FakeWorld';
import {
  CALL_PATH,
  FakeAnswer,
  FakeMethod,
  isFakeMethod,
  PRESENCE_PATH,
} from './protocol';

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
}

function send(response: ServerResponse, status: number, body: FakeAnswer) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/**
 * A fake outside world behind HTTP on 127.0.0.1, so that it outlives the processes that use it.
 *
 * @public
 */
export class FakeOutsideServer {
  readonly world: FakeOutside;
  readonly url: string;
  readonly #server: Server;

  private constructor(world: FakeOutside, server: Server) {
    this.world = world;
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** @param options - a free port and a new world when not given */
  static async start(options?: {
    port?: number;
    world?: FakeOutside;
  }): Promise<FakeOutsideServer> {
    const world = options?.world ?? new FakeWorld();
    const present = new Map<string, ServerResponse>();
    const server = createServer((request, response) => {
      const url = request.url ?? '';
      if (url.startsWith(PRESENCE_PATH)) {
        const worker = decodeURIComponent(url.slice(PRESENCE_PATH.length));
        present.set(worker, response);
        response.on('close', () => {
          if (present.get(worker) === response) {
            present.delete(worker);
          }
          void world.workerGone({ worker });
        });
        response.writeHead(200);
        response.flushHeaders();
      } else {
        FakeOutsideServer.#answer(world, request, response)
          .then(async begun => {
            // Its sender may have died before it was read.
            if (begun && !present.has(begun.worker)) {
              await world.workerGone(begun);
            }
          })
          .catch(error => response.destroy(error));
      }
    });
    // Exchanges may hang, and presence lasts: nothing here ends by time.
    server.requestTimeout = 0;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options?.port ?? 0, '127.0.0.1', resolve);
    });
    return new FakeOutsideServer(world, server);
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#server.closeAllConnections();
    await closed;
  }

  /** @returns whose call began, when one did */
  static async #answer(
    world: FakeOutside,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{ worker: string } | undefined> {
    const method = (request.url ?? '').slice(CALL_PATH.length);
    if (request.method !== 'POST' || !isFakeMethod(method)) {
      response.writeHead(404).end();
      return undefined;
    }
    const argument = await readJson(request);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      const call = world[method as FakeMethod] as (
        this: FakeOutside,
        ...args: unknown[]
      ) => Promise<unknown>;
      const answer = await call.call(world, argument, { signal: gone.signal });
      send(response, 200, { answer });
      return method === 'beginCall' ? (argument as FakeCallStart) : undefined;
    } catch (error) {
      if (gone.signal.aborted) {
        return undefined;
      }
      if (!(error instanceof FakeOutsideError)) {
        throw error;
      }
      const { failure, message, retryAfterMs } = error;
      send(response, 200, { failure, message, retryAfterMs });
      return undefined;
    }
  }
}
