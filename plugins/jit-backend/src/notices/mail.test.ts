import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import emailModule from '@backstage/plugin-notifications-backend-module-email';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JitClient } from '@backstage-jit/plugin-jit-common';
import { createFakeProviderModule } from '@backstage-jit/plugin-jit-test-utils';
import { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { ENTITIES, ORDERS_DB } from '../__testUtils__/people';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { createTaskTrigger } from '../__testUtils__/taskTrigger';
import { jitPlugin } from '../plugin';

jest.setTimeout(60_000);

const closing: Array<() => void> = [];

afterAll(() => closing.forEach(close => close()));

/** An SMTP server that keeps the first mail it is sent. */
async function startMailServer() {
  let arrived: (mail: string) => void;
  const mail = new Promise<string>(resolve => {
    arrived = resolve;
  });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', part => parts.push(part));
      stream.on('end', () => {
        arrived(Buffer.concat(parts).toString());
        done();
      });
    },
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  closing.push(() => server.close(() => {}));
  return { mail, port };
}

const withMail = (entity: Entity): Entity =>
  entity.kind === 'User'
    ? {
        ...entity,
        spec: {
          ...entity.spec,
          profile: { email: `${entity.metadata.name}@example.net` },
        },
      }
    : entity;

it('reaches people by mail through the module that Backstage has for it, as text whatever was written', async () => {
  const { mail, port } = await startMailServer();
  const tasks = createTaskTrigger();
  const { server } = await startTestBackend({
    features: [
      jitPlugin,
      createFakeProviderModule({}),
      notificationsPlugin,
      emailModule,
      tasks.module,
      catalogServiceMock.factory({ entities: ENTITIES.map(withMail) }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example.net' },
          jit: {
            ...JIT_CONFIG,
            profiles: [
              {
                ...JIT_CONFIG.profiles[0],
                approval: {
                  steps: [{ approvers: [{ user: 'user:default/olga' }] }],
                },
              },
            ],
          },
          notifications: {
            processors: {
              email: {
                transportConfig: {
                  transport: 'smtp',
                  hostname: '127.0.0.1',
                  port,
                },
                sender: 'portal@example.net',
              },
            },
          },
        },
      }),
    ],
  });
  const client = new JitClient({
    discoveryApi: {
      getBaseUrl: async () =>
        `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/jit`,
    },
  });
  await client.createRequest(
    {
      leases: [{ profileId: 'read', entityRef: ORDERS_DB }],
      reason: 'look at <a href="https://evil.example.net">your account</a>',
    },
    { token: mockCredentials.user.token('user:default/ada') },
  );
  await tasks.trigger('jit-notices');

  const text = (await mail).replace(/=\r\n/g, '').replace(/=3D/g, '=');
  expect(text).toMatch(/^To: olga@example.net\r$/m);
  expect(text).toMatch(
    /^Subject: Your decision: Orders, read only for ada\r$/m,
  );
  expect(text).toContain(
    'https://portal.example.net/just-in-time?view=approvals',
  );
  expect(text).not.toContain('<a href="https://evil');
  expect(text).toContain('your account');
});
