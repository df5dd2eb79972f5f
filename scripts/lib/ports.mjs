import { createServer } from 'node:net';

/** Where the demonstration is found. */
export function demoPorts() {
  return {
    app: portFrom('JIT_APP_PORT', 3000),
    backend: portFrom('JIT_BACKEND_PORT', 7007),
    postgres: portFrom('JIT_POSTGRES_PORT', 54330),
    okta: portFrom('JIT_OKTA_PORT', 54331),
    aws: portFrom('JIT_AWS_PORT', 54332),
  };
}

function portFrom(variable, usual) {
  const value = process.env[variable] || `${usual}`;
  const port = /^\d+$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65535) {
    throw new Error(
      `${variable} is "${value}": a port is a number from 1 to 65535.`,
    );
  }
  return port;
}

/**
 * @param patience - how many milliseconds to wait for those that are just being left
 * @throws Error that names each port which is taken, and what to do.
 */
export async function assertPortsFree(ports, { patience }) {
  const deadline = Date.now() + patience;
  let taken = await takenPorts(ports);
  while (taken.length && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 250));
    taken = await takenPorts(ports);
  }
  if (taken.length) {
    throw new Error(
      taken
        .map(
          ({ use, variable, port }) =>
            `Port ${port} for ${use} is taken by another program: end that one, or choose another port with ${variable}.`,
        )
        .join('\n'),
    );
  }
}

async function takenPorts(ports) {
  const uses = [
    { use: 'the portal', variable: 'JIT_APP_PORT', port: ports.app },
    { use: 'the backend', variable: 'JIT_BACKEND_PORT', port: ports.backend },
    { use: 'PostgreSQL', variable: 'JIT_POSTGRES_PORT', port: ports.postgres },
    { use: 'the Okta emulator', variable: 'JIT_OKTA_PORT', port: ports.okta },
    { use: 'the AWS emulator', variable: 'JIT_AWS_PORT', port: ports.aws },
  ];
  const taken = [];
  for (const use of uses) {
    // A browser that asks for localhost may try either.
    for (const host of ['127.0.0.1', '::1']) {
      if (!taken.includes(use) && !(await canListen(use.port, host))) {
        taken.push(use);
      }
    }
  }
  return taken;
}

/** True also for an address that this machine does not have. */
function canListen(port, host) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error =>
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'),
    );
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
