import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { demoAuthModule } from './module';

const NADIA = 'user:default/nadia';

const CONFIG = {
  app: { baseUrl: 'http://localhost:3000' },
  backend: { baseUrl: 'http://localhost:7007', listen: { host: '127.0.0.1' } },
  auth: { environment: 'development', providers: { demo: {} } },
  demo: { people: [{ ref: NADIA, name: 'Nadia' }] },
};

function start(data: JsonObject) {
  return startTestBackend({
    features: [
      authPlugin,
      demoAuthModule,
      mockServices.rootConfig.factory({ data }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: { name: 'nadia' },
            spec: {},
          },
        ],
      }),
    ],
  });
}

describe('demoAuthModule', () => {
  it('signs in the people of the list, nobody else, and only for this computer', async () => {
    const { server } = await start(CONFIG);
    const refresh = () => request(server).get('/api/auth/demo/refresh');

    const nadia = await refresh().set('x-demo-user', NADIA);
    expect(nadia.status).toBe(200);
    expect(nadia.body).toMatchObject({
      profile: { displayName: 'Nadia' },
      backstageIdentity: { identity: { userEntityRef: NADIA } },
    });

    expect((await refresh()).status).toBe(401);
    for (const stranger of ['user:default/root', 'nadia', '']) {
      const { status } = await refresh().set('x-demo-user', stranger);
      expect(status).toBe(401);
    }

    const rebound = await refresh()
      .set('x-demo-user', NADIA)
      .set('host', 'elsewhere.example.com:7007');
    expect(rebound.status).toBe(401);
  });

  it.each([
    ['production', '127.0.0.1', /auth\.environment: development/],
    [undefined, '127.0.0.1', /auth\.environment: development/],
    ['development', '0.0.0.0', /backend\.listen\.host: 127\.0\.0\.1/],
    ['development', undefined, /backend\.listen\.host: 127\.0\.0\.1/],
  ])('stops the start in environment "%s" on host "%s"', async (...row) => {
    const [environment, host, message] = row;
    await expect(
      start({
        ...CONFIG,
        auth: { ...CONFIG.auth, environment },
        backend: { ...CONFIG.backend, listen: { host } },
      }),
    ).rejects.toThrow(message);
  });
});
