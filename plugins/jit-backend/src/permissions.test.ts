import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  isPermission,
  isResourcePermission,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  jitLeaseEndPermission,
  RESOURCE_TYPE_JIT_LEASE,
} from '@backstage-jit/plugin-jit-common';
import {
  createJitLeaseConditionalDecision,
  jitLeaseConditions,
} from '@backstage-jit/plugin-jit-node';
import {
  createFakeProviderModule,
  FakeWorld,
} from '@backstage-jit/plugin-jit-test-utils';
import request from 'supertest';
import { JIT_CONFIG } from './__testUtils__/jitConfig';
import { ENTITIES, ORDERS_DB } from './__testUtils__/people';
import { jitPlugin } from './plugin';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const ADA = mockCredentials.user.header('user:default/ada');
const OLGA = mockCredentials.user.header('user:default/olga');

/** People see what they receive, and leases on the target of the owners; nobody ends anything. */
function decide(permission: Permission, person: string): PolicyDecision {
  if (isPermission(permission, jitLeaseEndPermission)) {
    return { result: AuthorizeResult.DENY };
  }
  if (!isResourcePermission(permission, RESOURCE_TYPE_JIT_LEASE)) {
    return { result: AuthorizeResult.ALLOW };
  }
  return createJitLeaseConditionalDecision(permission, {
    anyOf: [
      jitLeaseConditions.isSubject({ claims: [person] }),
      {
        allOf: [
          jitLeaseConditions.isTargetOwner({
            claims: ['group:default/owners'],
          }),
          jitLeaseConditions.hasKind({ kinds: ['infrastructure'] }),
        ],
      },
    ],
  });
}

const personOf = (options: unknown) =>
  (options as { credentials: { principal: { userEntityRef: string } } })
    .credentials.principal.userEntityRef;

const permissions = mockServices.permissions.mock({
  authorize: async (queries, options) =>
    queries.map(
      ({ permission }) =>
        decide(permission, personOf(options)) as DefinitivePolicyDecision,
    ),
  authorizeConditional: async (queries, options) =>
    queries.map(({ permission }) => decide(permission, personOf(options))),
});

it('obeys a policy by the rules that it has registered', async () => {
  const { server } = await startTestBackend({
    features: [
      jitPlugin,
      createFakeProviderModule({ outside: new FakeWorld() }),
      catalogServiceMock.factory({ entities: ENTITIES }),
      permissions.factory,
      mockServices.database.factory({ knex: await databases.init('SQLITE_3') }),
      mockServices.rootConfig.factory({ data: { jit: JIT_CONFIG } }),
    ],
  });
  const call = (method: 'get' | 'post', path: string, who: string) =>
    request(server)[method](`/api/jit${path}`).set('authorization', who);
  const asked = await call('post', '/v1/requests', ADA).send({
    leases: [{ profileId: 'read', entityRef: ORDERS_DB }],
  });
  expect(asked.body).toMatchObject({ request: { state: 'approved' } });
  const [{ id }] = asked.body.leases;

  const found = async (who: string) => [
    (await call('get', `/v1/leases/${id}`, who)).status,
    (await call('get', '/v1/leases', who)).body.items.length,
  ];
  expect(await found(ADA)).toEqual([200, 1]);
  // She owns the target, and the policy shows owners infrastructure alone.
  expect(await found(OLGA)).toEqual([404, 0]);
  const ended = await call('post', `/v1/leases/${id}/end`, ADA);
  expect(ended.status).toBe(403);
  expect(ended.body.error.message).toContain('jit.lease.end');

  const rules = await call(
    'get',
    '/.well-known/backstage/permissions/metadata',
    ADA,
  );
  expect(rules.body.rules).toEqual(
    [
      'IS_REQUESTER',
      'IS_SUBJECT',
      'IS_TARGET_OWNER',
      'IS_APPROVER',
      'HAS_PROFILE',
      'HAS_KIND',
    ].map(name =>
      expect.objectContaining({ name, resourceType: RESOURCE_TYPE_JIT_LEASE }),
    ),
  );
  // As other plugins ask about a lease by its id.
  const applied = await call(
    'post',
    '/.well-known/backstage/permissions/apply-conditions',
    mockCredentials.service.header(),
  ).send({
    items: ['user:default/ada', 'user:default/bob'].map(ref => ({
      id: ref,
      resourceRef: id,
      resourceType: RESOURCE_TYPE_JIT_LEASE,
      conditions: jitLeaseConditions.isSubject({ claims: [ref] }),
    })),
  });
  expect(applied.body.items).toEqual([
    { id: 'user:default/ada', result: AuthorizeResult.ALLOW },
    { id: 'user:default/bob', result: AuthorizeResult.DENY },
  ]);
});
