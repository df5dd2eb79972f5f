import { createServer } from 'node:http';

/**
 * Lets the browser tests, which are processes of their own, kill the backend and start it again, and take its catalog away: `POST /kill-backend`,
 * `/start-backend`, `/take-catalog-away`, `/give-catalog-back`, each answered when it is done.
 *
 * @returns `url`; `stop`
 */
export async function startControl({ demo, catalogGate }) {
  const orders = {
    '/kill-backend': () => demo.killBackend(),
    '/start-backend': () => demo.startBackend(),
    '/take-catalog-away': () => catalogGate.shut(),
    '/give-catalog-back': () => catalogGate.open(),
  };
  const server = createServer(async (req, res) => {
    const order = req.method === 'POST' && orders[req.url];
    try {
      await order?.();
      res.writeHead(order ? 204 : 404).end();
    } catch (error) {
      res.writeHead(500).end(error.message);
    }
  });
  await new Promise(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
