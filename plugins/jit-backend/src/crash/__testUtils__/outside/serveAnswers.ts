import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Those are of the way that an answer went, not of the answer. */
const OF_THE_WAY = /^(connection|content-(encoding|length)|transfer-encoding)$/;

type Answer = (path: string, init: RequestInit) => Promise<Response>;

/** A server that answers each path as a `fetch` of it would. Returns when it listens. */
export async function serveAnswers(answer: Answer): Promise<Server> {
  const server = createServer(async (request, response) => {
    try {
      const told = await answer(request.url ?? '/', await initOf(request));
      response.writeHead(
        told.status,
        Object.fromEntries(
          [...told.headers].filter(([name]) => !OF_THE_WAY.test(name)),
        ),
      );
      response.end(await told.text());
    } catch {
      // Whoever asked has died over it; or the peer has, which shows by there being no answer.
      response.destroy();
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

async function initOf(request: IncomingMessage): Promise<RequestInit> {
  const { method, headers } = request;
  const { authorization, 'content-type': type } = headers;
  const body = await buffer(request);
  return {
    method,
    headers: {
      ...(authorization && { authorization }),
      ...(type && { 'content-type': type }),
    },
    ...(body.length && { body }),
  };
}

export function addressOf(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

export async function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => {
    server.close(resolve);
  });
}
