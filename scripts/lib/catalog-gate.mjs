import { createServer, request } from 'node:http';

/**
 * Stands between the plugins of a backend and its catalog, so that a test can take the catalog away: each call is answered 503 then.
 *
 * @param ports - of the backend, and of its own (`catalog`)
 * @returns `env`: what lets a backend reach its catalog through it; `shut`; `open`; `stop`
 */
export async function startCatalogGate({ backend, catalog }) {
  let isShut = false;
  const server = createServer((req, res) => {
    if (isShut) {
      req.resume();
      res.writeHead(503).end();
      return;
    }
    const onward = request(
      {
        host: '127.0.0.1',
        port: backend,
        method: req.method,
        path: req.url,
        headers: req.headers,
      },
      answer => {
        res.writeHead(answer.statusCode, answer.headers);
        answer.pipe(res);
      },
    );
    onward.on('error', () => res.destroy());
    req.pipe(onward);
  });
  await new Promise(resolve => {
    server.listen(catalog, '127.0.0.1', resolve);
  });
  const internal = `http://127.0.0.1:${catalog}/api/{{pluginId}}`;
  return {
    env: {
      APP_CONFIG_discovery_endpoints: JSON.stringify([
        { target: { internal }, plugins: ['catalog'] },
      ]),
    },
    shut: () => {
      isShut = true;
    },
    open: () => {
      isShut = false;
    },
    stop: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
