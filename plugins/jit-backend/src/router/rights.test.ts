import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  jitLeasePermissions,
  jitPermissions,
} from '@backstage-jit/plugin-jit-common';
import {
  createJitLeaseConditionalDecision,
  jitLeaseConditions,
} from '@backstage-jit/plugin-jit-node';
import { CALLS, UNKNOWN } from '../__testUtils__/calls';
import { FRAMEWORK_OFF } from '../__testUtils__/frameworkOff';
import { CALLERS, ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const [databaseId] = databases.eachSupportedId()[0];

const encoded = encodeURIComponent(ORDERS_DB);

type Row = Record<keyof typeof CALLS, number>;

const OPERATOR_CALLS = {
  stop: 200,
  stops: 200,
  lift: 404,
  providers: 200,
  stats: 200,
  export: 200,
};
const NOT_AN_OPERATOR = Object.fromEntries(
  [...Object.keys(OPERATOR_CALLS), 'environments'].map(call => [call, 403]),
);
const ALL = (status: number) =>
  Object.fromEntries(Object.keys(CALLS).map(call => [call, status]));

const SUBJECT = {
  ...NOT_AN_OPERATOR,
  me: 200,
  offers: 200,
  ask: 200,
  'ask for ada': 200,
  request: 200,
  decide: 409,
  withdraw: 409,
  lease: 200,
  history: 200,
  extend: 200,
  protect: 200,
  review: 409,
  credentials: 200,
  retry: 403,
  end: 200,
  leases: 1,
  presence: 200,
};

const STRANGER = {
  ...NOT_AN_OPERATOR,
  me: 200,
  offers: 200,
  ask: 200,
  'ask for ada': 403,
  request: 404,
  decide: 404,
  withdraw: 404,
  lease: 404,
  history: 404,
  extend: 404,
  protect: 404,
  review: 404,
  credentials: 404,
  retry: 404,
  end: 404,
  leases: 0,
  presence: 200,
};

/** The answer to each caller's each call; for `leases` how many they see when it is not an error. */
const TABLE: Record<string, Row> = {
  'no token': ALL(401),
  ada: SUBJECT,
  'ada by a service': { ...SUBJECT, decide: 403, review: 403 },
  'ada by another service': { ...SUBJECT, decide: 403, review: 403 },
  bob: STRANGER,
  eve: STRANGER,
  nobody: { ...STRANGER, offers: 403 },
  owner: {
    ...STRANGER,
    lease: 200,
    history: 200,
    extend: 403,
    protect: 403,
    review: 409,
    credentials: 403,
    retry: 403,
    end: 200,
    leases: 1,
  },
  operator: {
    ...OPERATOR_CALLS,
    environments: 403,
    me: 200,
    offers: 200,
    ask: 200,
    'ask for ada': 403,
    request: 200,
    decide: 409,
    withdraw: 409,
    lease: 200,
    history: 200,
    extend: 403,
    protect: 200,
    review: 409,
    credentials: 403,
    retry: 200,
    end: 200,
    leases: 1,
    presence: 200,
  },
  'bare service': ALL(403),
  // This lease was not made for a task of it.
  'the scaffolder itself': {
    ...ALL(403),
    me: 200,
    request: 404,
    lease: 404,
    history: 404,
  },
  // Nor was it made for the catalog: it may list environments, which show less.
  'the catalog itself': {
    ...ALL(403),
    me: 200,
    environments: 200,
    request: 404,
    lease: 404,
    history: 404,
  },
  'catalog token': ALL(403),
  'other token': ALL(403),
  'action token': ALL(403),
  'read token': {
    ...ALL(403),
    me: 200,
    request: 200,
    lease: 200,
    history: 200,
    leases: 1,
    presence: 200,
  },
  'create token': { ...ALL(403), me: 200, ask: 400, 'ask for ada': 200 },
  'protect token': { ...ALL(403), me: 200, protect: 200 },
  'end token': { ...ALL(403), me: 200, end: 200, withdraw: 404 },
  'audit token': { ...ALL(403), me: 200, export: 200 },
  'operate token': {
    ...ALL(403),
    me: 200,
    ...OPERATOR_CALLS,
    export: 403,
    request: 200,
    lease: 200,
    history: 200,
    retry: 200,
    leases: 1,
    presence: 200,
  },
  'credentials token': {
    ...ALL(403),
    me: 200,
    request: 200,
    lease: 200,
    history: 200,
    leases: 1,
    presence: 200,
  },
};

/** The calls that an agent can make in the name of somebody. Of the others there is no action. */
const ACTIONS: Record<string, (leaseId: string) => [string, object]> = {
  ask: () => ['request-access', { profileId: 'free', reason: 'OPS-1' }],
  lease: leaseId => ['describe-lease', { leaseId }],
  history: leaseId => ['describe-lease', { leaseId }],
  end: leaseId => ['end-lease', { leaseId }],
  leases: () => ['list-leases', {}],
};

const NO_ACTION = Object.fromEntries(
  Object.keys(CALLS).map(call => [call, 'no action']),
);

/** What comes of an agent's calls in the name of each. Lists are of the person's own alone. */
const AGENT_TABLE: Record<string, Record<string, number | string>> = {
  ada: {
    ...NO_ACTION,
    ask: 200,
    lease: 200,
    history: 200,
    end: 200,
    leases: 1,
  },
  'ada by a service': {
    ...NO_ACTION,
    ...{ ask: 200, lease: 200, history: 200, end: 200, leases: 1 },
  },
  bob: {
    ...NO_ACTION,
    ask: 200,
    lease: 404,
    history: 404,
    end: 404,
    leases: 0,
  },
  eve: {
    ...NO_ACTION,
    ask: 403,
    lease: 404,
    history: 404,
    end: 404,
    leases: 0,
  },
  owner: {
    ...NO_ACTION,
    ...{ ask: 403, lease: 200, history: 200, end: 200, leases: 0 },
  },
  operator: {
    ...NO_ACTION,
    ...{ ask: 403, lease: 200, history: 200, end: 200, leases: 0 },
  },
  ...Object.fromEntries(
    ['bare service', 'read token', 'create token', 'operate token'].map(
      caller => [
        caller,
        {
          ...NO_ACTION,
          ...{ ask: 403, lease: 403, history: 403, end: 403, leases: 403 },
        },
      ],
    ),
  ),
};

type Definite = AuthorizeResult.ALLOW | AuthorizeResult.DENY;

/**
 * The framework with a policy for people; about tokens the real service decides without it.
 *
 * @param conditions - for which leases those permissions are let through that are about one
 */
function framework(
  result: (permissionName: string) => Definite,
  conditions?: PermissionCriteria<PermissionCondition<'jit-lease'>>,
) {
  const isService = (options: unknown) =>
    (options as { credentials: { principal: { type: string } } }).credentials
      .principal.type === 'service';
  return mockServices.permissions.mock({
    authorize: async (requests, options) =>
      isService(options)
        ? await FRAMEWORK_OFF.authorize(requests, options)
        : requests.map(({ permission }) => ({
            result: result(permission.name),
          })),
    authorizeConditional: async (requests, options) =>
      isService(options)
        ? await FRAMEWORK_OFF.authorizeConditional(requests, options)
        : requests.map(({ permission }) =>
            conditions
              ? createJitLeaseConditionalDecision(
                  permission as (typeof jitLeasePermissions)[number],
                  conditions,
                )
              : { result: result(permission.name) },
          ),
  });
}

const ALLOW = (): Definite => AuthorizeResult.ALLOW;
const DENY = (): Definite => AuthorizeResult.DENY;

/** Each call about a lease for which the policy does not let it through, as far as there is anything to take away. */
const TAKEN_AWAY = {
  request: 404,
  decide: 403,
  withdraw: 403,
  lease: 404,
  history: 404,
  extend: 403,
  protect: 403,
  review: 403,
  credentials: 403,
  end: 403,
  leases: 0,
};

async function answersOf(
  bench: RestBench,
  caller: string,
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [call, make] of Object.entries(CALLS)) {
    const request = await bench.putRequest();
    const lease = await bench.put({
      requestId: request,
      protectMaximumMs: 86_400_000,
    });
    const { status, body: answer } = await make(bench, caller, {
      lease: lease.id,
      request,
    });
    answers[call] =
      call === 'leases' && status === 200
        ? answer.items.filter(({ id }: { id: string }) => id === lease.id)
            .length
        : status;
    await bench.change(lease.id, { state: 'revoked' });
  }
  return answers;
}

async function answersToAgentOf(
  bench: RestBench,
  caller: string,
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const call of Object.keys(CALLS)) {
    const lease = await bench.put();
    const action = ACTIONS[call]?.(lease.id);
    const answer = action && (await bench.act(caller, ...action));
    const listed = answer?.output?.leases?.filter(({ id }) => id === lease.id);
    answers[call] = answer ? listed?.length ?? answer.status : 'no action';
    await bench.change(lease.id, { state: 'revoked' });
  }
  return answers;
}

describe('the rights to each call', () => {
  const benchWith = async (permissions: PermissionsService) =>
    await RestBench.create(await databases.init(databaseId as TestDatabaseId), {
      permissions,
    });
  let off: RestBench;
  let allowed: RestBench;
  let denied: RestBench;
  let fulfilled: RestBench;
  let unfulfilled: RestBench;

  beforeAll(async () => {
    off = await benchWith(FRAMEWORK_OFF);
    allowed = await benchWith(framework(ALLOW));
    denied = await benchWith(framework(DENY));
    fulfilled = await benchWith(
      framework(ALLOW, {
        allOf: [
          jitLeaseConditions.hasProfile({ profileIds: ['read'] }),
          jitLeaseConditions.isSubject({ claims: ['user:default/Ada'] }),
        ],
      }),
    );
    unfulfilled = await benchWith(
      framework(ALLOW, jitLeaseConditions.hasProfile({ profileIds: ['free'] })),
    );
  });

  it('has a row for every caller', () => {
    expect(Object.keys(TABLE).sort()).toEqual(
      [...Object.keys(CALLERS), 'no token'].sort(),
    );
  });

  it.each(Object.entries(TABLE))(
    'come from the lease and the profile: %s',
    async (caller, expected) => {
      expect(await answersOf(off, caller)).toEqual(expected);
    },
  );

  it.each(['ada', 'eve', 'owner', 'operator'])(
    'are the same with a policy that allows everything: %s',
    async caller => {
      expect(await answersOf(allowed, caller)).toEqual(TABLE[caller]);
    },
  );

  it.each(['ada', 'eve', 'owner', 'operator', 'read token', 'end token'])(
    'stay for leases that the policy names, and go for others: %s',
    async caller => {
      const mine = TABLE[caller];
      expect(await answersOf(fulfilled, caller)).toEqual(mine);
      const left = Object.entries(mine).map(([call, status]) => {
        const taken = TAKEN_AWAY[call as keyof typeof TAKEN_AWAY];
        const isTaken =
          !caller.endsWith('token') && status !== 404 && taken !== undefined;
        return [call, isTaken ? taken : status];
      });
      expect(await answersOf(unfulfilled, caller)).toEqual(
        Object.fromEntries(left),
      );
    },
  );

  it.each(Object.entries(AGENT_TABLE))(
    'are those of the person for an agent, as far as there are actions: %s',
    async (caller, expected) => {
      expect(await answersToAgentOf(off, caller)).toEqual(expected);
      expect(await answersToAgentOf(fulfilled, caller)).toEqual(expected);
    },
  );

  it('can be taken away from an agent', async () => {
    expect(await answersToAgentOf(denied, 'ada')).toEqual({
      ...NO_ACTION,
      ...{ ask: 403, lease: 403, history: 403, end: 403, leases: 403 },
    });
    expect(await answersToAgentOf(unfulfilled, 'ada')).toEqual({
      ...NO_ACTION,
      ...{ ask: 200, lease: 404, history: 404, end: 403, leases: 0 },
    });
  });

  it('are taken away from who is in, too', async () => {
    await fulfilled.put();
    await unfulfilled.put();
    const seen = await fulfilled.get('bob', `/presence?entityRef=${encoded}`);
    const hidden = await unfulfilled.get(
      'bob',
      `/presence?entityRef=${encoded}`,
    );
    expect(seen.body.items).toHaveLength(1);
    expect(hidden.body.items).toEqual([]);
  });

  it.each(['ada', 'owner', 'operator'])(
    'can all be taken away by the permission framework: %s',
    async caller => {
      const lease = await denied.put();
      const listed = await denied.get(caller, '/requests');
      expect(listed.status).toBe(403);
      expect(listed.body.error.message).toContain('jit.lease.read');
      for (const [call, make] of Object.entries(CALLS)) {
        const { status } = await make(denied, caller, {
          lease: lease.id,
          request: UNKNOWN,
        });
        expect([call, status]).toEqual([call, call === 'me' ? 200 : 403]);
      }
      const { body } = await denied.get(caller, '/me');
      expect(body.operator).toBe(false);
      expect(denied.engine.woken).toBe(0);
      expect(denied.engine.minted).toBe(0);
    },
  );

  it.each([
    ['jit.lease.create', ['offers', 'ask', 'ask for ada']],
    ['jit.lease.approve', ['decide', 'review']],
    ['jit.lease.read', ['request', 'lease', 'history', 'leases', 'presence']],
    ['jit.lease.extend', ['extend']],
    ['jit.lease.protect', ['protect']],
    ['jit.lease.end', ['withdraw', 'end']],
    ['jit.lease.reveal', ['credentials']],
    ['jit.audit.read', []],
    ['jit.operate', []],
  ])('can be taken away one by one: %s', async (taken, refused) => {
    const one = await benchWith(
      framework(name => (name === taken ? DENY() : ALLOW())),
    );
    const answers = await answersOf(one, 'ada');
    for (const [call, status] of Object.entries(SUBJECT)) {
      const expected = refused.includes(call) ? 403 : status;
      expect([call, answers[call]]).toEqual([call, expected]);
    }
  });

  it('names a permission for every call that can be taken away', () => {
    expect(jitPermissions).toHaveLength(9);
  });
});

it('tells who calls, and whether as an operator', async () => {
  const bench = await RestBench.create(
    await databases.init(databaseId as TestDatabaseId),
  );
  const me = async (caller: string) => {
    const { now, ...rest } = (await bench.get(caller, '/me')).body;
    expect(Date.parse(now)).not.toBeNaN();
    return rest;
  };
  expect(await me('ada')).toEqual({
    userEntityRef: 'user:default/ada',
    operator: false,
  });
  expect(await me('operator')).toEqual({
    userEntityRef: 'user:default/pat',
    operator: true,
  });
  expect(await me('nobody')).toEqual({
    userEntityRef: 'user:default/not-in-the-catalog',
    operator: false,
  });
  expect(await me('read token')).toEqual({ operator: false });
  expect(await me('operate token')).toEqual({ operator: true });
});

it('lets a service look at the leases that were made for its own, and do nothing with them', async () => {
  const bench = await RestBench.create(
    await databases.init(databaseId as TestDatabaseId),
  );
  const { id } = await bench.put({
    originType: 'scaffolder-task',
    originId: 'task-1',
  });
  const request = UNKNOWN;
  for (const [call, make] of Object.entries(CALLS)) {
    const ids = { lease: id, request };
    const theirs = await make(bench, 'the scaffolder itself', ids);
    const others = await make(bench, 'bare service', ids);
    const looks = ['lease', 'history', 'me'].includes(call);
    const status = call === 'request' ? 404 : 403;
    expect([call, theirs.status]).toEqual([call, looks ? 200 : status]);
    expect([call, others.status]).toEqual([call, 403]);
  }
});

it('does not tell somebody else’s lease from one that does not exist', async () => {
  const bench = await RestBench.create(
    await databases.init(databaseId as TestDatabaseId),
  );
  const { id } = await bench.put();
  for (const path of ['', '/events']) {
    const theirs = await bench.get('eve', `/leases/${id}${path}`);
    const none = await bench.get('eve', `/leases/${UNKNOWN}${path}`);
    expect([theirs.status, none.status]).toEqual([404, 404]);
    expect(theirs.body.error.message.replace(id, UNKNOWN)).toBe(
      none.body.error.message,
    );
  }
});

it('leaves the export to operators whom the policy lets read the trail', async () => {
  const bench = await RestBench.create(
    await databases.init(databaseId as TestDatabaseId),
    {
      permissions: framework(name =>
        name === 'jit.audit.read' ? DENY() : ALLOW(),
      ),
    },
  );
  const refused = await bench.get('operator', '/events/export');
  expect(refused.status).toBe(403);
  expect(refused.body.error.message).toContain('jit.audit.read');
  expect((await bench.get('operator', '/stats')).status).toBe(200);
});

it('takes an operator’s word back as soon as they leave the group', async () => {
  const bench = await RestBench.create(
    await databases.init(databaseId as TestDatabaseId),
    { jit: { operators: ['group:default/nobody-is-in-it'] } },
  );
  const { id } = await bench.put();
  expect((await bench.get('operator', `/leases/${id}`)).status).toBe(404);
  expect((await bench.get('operator', '/stats')).status).toBe(403);
});
