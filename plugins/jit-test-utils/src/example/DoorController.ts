import { randomBytes, randomUUID } from 'node:crypto';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

/** What somebody types in to open a door, for a while. */
export interface DoorCode {
  id: string;
  name: string;
  /** Free text. */
  note: string;
  door: string;
  /** Epoch milliseconds. */
  until: number;
  pin?: string;
}

const PAGE = 2;

/** A make-believe controller of doors behind real HTTP on 127.0.0.1: the outside system of the example provider. */
export class DoorController {
  readonly token = randomBytes(12).toString('hex');
  readonly serial = randomUUID();
  /** What is wrong with it, from now on. */
  fault: { forbidden?: boolean; retryAfterMs?: number; brokenPages?: boolean } =
    {};
  #codes: DoorCode[] = [];
  #server?: Server;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** On the same port each time. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      // One that is stopped and started must not look broken by an old connection.
      response.shouldKeepAlive = false;
      this.#answer(request, response).catch(error => response.destroy(error));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) {
      const closed = new Promise(resolve => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
    }
  }

  reset(): void {
    this.#codes = [];
    this.fault = {};
  }

  /** What is in its memory under a name. */
  find(name: string): DoorCode | undefined {
    return this.#codes.find(code => code.name === name);
  }

  put(code: Omit<DoorCode, 'id'>): DoorCode {
    const made = { ...code, id: randomUUID() };
    this.#codes.push(made);
    return made;
  }

  /** Whether somebody who types this in gets through. */
  opens(door: string, pin: string): boolean {
    return this.#codes.some(
      code => code.door === door && code.pin === pin && code.until > Date.now(),
    );
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const send = (status: number, body?: object) => {
      const { retryAfterMs = 0 } = this.fault;
      response.writeHead(status, {
        'retry-after': String(retryAfterMs / 1000),
      });
      response.end(body && JSON.stringify(body));
    };
    const url = new URL(request.url ?? '/', this.url);
    const body = await readJson(request);
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      send(401);
    } else if (this.fault.forbidden) {
      send(403);
    } else if (this.fault.retryAfterMs) {
      send(429);
    } else {
      this.#serve(request.method ?? '', url, body, send);
    }
  }

  #serve(
    method: string,
    url: URL,
    body: Partial<DoorCode>,
    send: (status: number, body?: object) => void,
  ): void {
    const [, area, id] = url.pathname.split('/');
    const code = this.#codes.find(each => each.id === id);
    if (area === 'identity') {
      send(200, { serial: this.serial });
    } else if (method === 'GET') {
      this.#list(url.searchParams, send);
    } else if (method === 'POST' && this.find(String(body.name))) {
      send(409);
    } else if (method === 'POST') {
      send(201, withoutPin(this.put(body as DoorCode)));
    } else if (!code) {
      send(404);
    } else if (method === 'PATCH') {
      send(200, withoutPin(Object.assign(code, body)));
    } else {
      this.#codes = this.#codes.filter(each => each !== code);
      send(204);
    }
  }

  #list(
    query: URLSearchParams,
    send: (status: number, body?: object) => void,
  ): void {
    const name = query.get('name');
    const start = Number(query.get('start') ?? 0);
    if (start && this.fault.brokenPages) {
      send(500);
      return;
    }
    const all = this.#codes.filter(code => name === null || code.name === name);
    const next = start + PAGE < all.length ? start + PAGE : undefined;
    send(200, { codes: all.slice(start, start + PAGE).map(withoutPin), next });
  }
}

function withoutPin({ pin: _pin, ...code }: DoorCode): Omit<DoorCode, 'pin'> {
  return code;
}

async function readJson(request: IncomingMessage): Promise<Partial<DoorCode>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
}
