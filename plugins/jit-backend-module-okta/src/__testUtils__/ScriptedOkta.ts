import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';

export interface ScriptedAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Cuts the connection before the answer, or in the middle of it. */
  cut?: 'before' | 'within';
  /** Keeps silent. */
  silent?: boolean;
}

export interface SeenRequest {
  method: string;
  url: string;
  authorization?: string;
  body: string;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  return body;
}

/** A small HTTP server on this machine that answers as a test says. */
export class ScriptedOkta {
  readonly seen: SeenRequest[] = [];
  answer: (request: SeenRequest) => ScriptedAnswer = () => ({});

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ScriptedOkta> {
    const server = createServer();
    const okta = new ScriptedOkta(server);
    server.on('request', async (request, response) => {
      const seen: SeenRequest = {
        method: request.method!,
        url: request.url!,
        authorization: request.headers.authorization,
        body: await bodyOf(request),
      };
      okta.seen.push(seen);
      const {
        status = 200,
        headers,
        body = '[]',
        cut,
        silent,
      } = okta.answer(seen);
      if (silent) {
        return;
      }
      if (cut === 'before') {
        request.socket.destroy();
        return;
      }
      // Each answer says its own time, or none.
      response.sendDate = false;
      if (cut === 'within') {
        response.writeHead(status, { 'content-length': body.length + 10 });
        response.write(body, () => request.socket.destroy());
        return;
      }
      response.writeHead(status, headers);
      response.end(status === 204 ? undefined : body);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return okta;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
