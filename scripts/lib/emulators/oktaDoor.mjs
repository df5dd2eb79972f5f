import { createServer } from 'node:http';
import { once } from 'node:events';

/**
 * Stands before the emulator: lets in whoever has the token, answers what the emulator lacks (the org's id, group rules, sessions), and
 * keeps each change before it is answered.
 */
export async function openOktaDoor(options) {
  const { port, emulatorUrl, token, org, rules, saved } = options;
  const authorization = `SSWS ${token}`;

  const readAll = async path => {
    const entries = [];
    for (let page = 1; ; page++) {
      const response = await fetch(
        `${emulatorUrl}${path}?per_page=100&page=${page}`,
        { headers: { authorization } },
      );
      if (!response.ok) {
        throw new Error(`The emulator answers ${path} with ${response.status}`);
      }
      entries.push(...(await response.json()));
      if (!response.headers.get('link')?.includes('rel="next"')) {
        return entries;
      }
    }
  };

  const answer = async (request, path) => {
    if (path === '/.well-known/okta-organization') {
      return Response.json({ ...org, pipeline: 'idx' });
    }
    if (request.headers.authorization !== authorization) {
      return oktaError(401, 'E0000011', 'Invalid token provided');
    }
    if (path === '/api/v1/groups/rules') {
      return Response.json(rules.map(asGroupRule));
    }
    if (isSessions(request, path)) {
      return new Response(undefined, { status: 204 });
    }
    const response = await forward(request, { emulatorUrl, authorization });
    if (request.method !== 'GET' && response.ok) {
      await saved.save(readAll);
    }
    return response;
  };

  const server = createServer(async (request, outgoing) => {
    try {
      const { pathname } = new URL(request.url, emulatorUrl);
      await send(await answer(request, pathname), outgoing);
    } catch (error) {
      console.error(error);
      await send(oktaError(500, 'E0000009', 'Internal Server Error'), outgoing);
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function oktaError(status, errorCode, errorSummary) {
  return Response.json({ errorCode, errorSummary }, { status });
}

function asGroupRule({ groupIds, ...rule }) {
  return {
    ...rule,
    type: 'group_rule',
    actions: { assignUserToGroups: { groupIds } },
  };
}

/** The emulator has no sessions to end. */
function isSessions({ method }, path) {
  return method === 'DELETE' && /^\/api\/v1\/users\/\w+\/sessions$/.test(path);
}

async function forward(request, { emulatorUrl, authorization }) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return fetch(new URL(request.url, emulatorUrl), {
    method: request.method,
    headers: {
      authorization,
      ...(parts.length && { 'content-type': 'application/json' }),
    },
    ...(parts.length && { body: Buffer.concat(parts) }),
  });
}

async function send(response, outgoing) {
  const body = Buffer.from(await response.arrayBuffer());
  const link = response.headers.get('link');
  outgoing.writeHead(response.status, {
    'content-type': 'application/json',
    ...(link && { link }),
  });
  outgoing.end(body);
}
