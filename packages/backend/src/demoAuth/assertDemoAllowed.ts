import { Config } from '@backstage/config';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * @throws Error when the portal is more than a demonstration on this computer: `auth.environment` is not `development`, or the backend
 *   listens to others.
 */
export function assertDemoAllowed(config: Config): void {
  if (config.getOptionalString('auth.environment') !== 'development') {
    throw new Error(
      'The demo sign-in asks for no password, so it loads only with auth.environment: development. Take demoAuthModule out of packages/backend/src/index.ts and use a real auth provider.',
    );
  }
  const host = config.getOptional('backend.listen.host');
  if (typeof host !== 'string' || !LOOPBACK.includes(host)) {
    throw new Error(
      'The demo sign-in asks for no password, so it loads only with backend.listen.host: 127.0.0.1.',
    );
  }
}
