import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { text } from 'node:stream/consumers';
import { JitService } from './JitService';
import { jitServiceRef } from './service';

/** A jit backend that only remembers how it was called. */
function fakeJit(calls: Array<Record<string, unknown>>) {
  return createBackendPlugin({
    pluginId: 'jit',
    register(registration) {
      registration.registerInit({
        deps: {
          router: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ router, httpAuth }) {
          router.use(async (req, res) => {
            const body = await text(req);
            const credentials = await httpAuth.credentials(req);
            calls.push({
              call: `${req.method} ${req.url}`,
              body: body && JSON.parse(body),
              principal: credentials.principal,
              key: req.header('idempotency-key'),
            });
            if (req.url.includes('missing')) {
              res.status(404).json({
                error: { name: 'NotFoundError', message: 'There is no lease' },
                response: { statusCode: 404 },
              });
              return;
            }
            res.json({ now: '2030-01-01T00:00:00.000Z' });
          });
        },
      });
    },
  });
}

describe('jitServiceRef', () => {
  it('makes each call on behalf of the person, over HTTP', async () => {
    const calls: Array<Record<string, unknown>> = [];
    let service: JitService | undefined;
    await startTestBackend({
      features: [
        fakeJit(calls),
        createBackendPlugin({
          pluginId: 'other',
          register(registration) {
            registration.registerInit({
              deps: { jit: jitServiceRef },
              async init({ jit }) {
                service = jit;
              },
            });
          },
        }),
      ],
    });
    const jit = service!;
    const credentials = mockCredentials.user('user:default/ada');
    const options = { credentials, idempotencyKey: 'k' };
    const request = {
      leases: [{ profileId: 'read' }],
      origin: { type: 'scaffolder-task', id: 'a1b2' },
    };

    await jit.listOffers({ entityRef: 'resource:default/a b' }, options);
    await jit.createRequest(request, options);
    await jit.previewRequest(request, options);
    await jit.getRequest('r/1', options);
    await jit.listRequests({ state: ['pending', 'approved'] }, options);
    await jit.withdrawRequest('r', options);
    await jit.listLeases({ subject: 'me', stuck: true, limit: 3 }, options);
    await jit.getLease('l', options);
    await jit.listLeaseEvents('l', options);
    await jit.extendLease('l', { duration: '10m' }, options);
    await jit.previewExtension('l', { duration: '10m' }, options);
    await jit.endLease('l', { why: 'done' }, options);

    expect(calls.map(({ call }) => call)).toEqual([
      'GET /v1/profiles?entityRef=resource%3Adefault%2Fa+b',
      'POST /v1/requests',
      'POST /v1/requests',
      'GET /v1/requests/r%2F1',
      'GET /v1/requests?state=pending&state=approved',
      'POST /v1/requests/r/withdraw',
      'GET /v1/leases?subject=me&stuck=true&limit=3',
      'GET /v1/leases/l',
      'GET /v1/leases/l/events',
      'POST /v1/leases/l/extend',
      'POST /v1/leases/l/extend',
      'POST /v1/leases/l/end',
    ]);
    expect(calls[1].body).toEqual(request);
    expect(calls[2].body).toEqual({ ...request, dryRun: true });
    for (const { principal, key } of calls) {
      expect(principal).toMatchObject({ userEntityRef: 'user:default/ada' });
      expect(key).toBe('k');
    }

    const failed = await jit.getLease('missing', options).catch(error => error);
    expect(failed).toBeInstanceOf(ResponseError);
    expect(failed).toMatchObject({
      statusCode: 404,
      cause: { name: 'NotFoundError', message: 'There is no lease' },
    });
  });
});
