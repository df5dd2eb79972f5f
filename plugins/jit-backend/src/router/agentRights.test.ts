import { PermissionsService } from '@backstage/backend-plugin-api';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { CALLS } from '../__testUtils__/calls';
import {
  DENY,
  FOR_HER_LEASE,
  FOR_OTHERS,
  framework,
} from '../__testUtils__/framework';
import { FRAMEWORK_OFF } from '../__testUtils__/frameworkOff';
import { RestBench } from '../__testUtils__/RestBench';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const [databaseId] = databases.eachSupportedId()[0];

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

describe('the rights of an agent', () => {
  const benchWith = async (permissions: PermissionsService) =>
    await RestBench.create(await databases.init(databaseId as TestDatabaseId), {
      permissions,
    });
  let off: RestBench;
  let denied: RestBench;
  let fulfilled: RestBench;
  let unfulfilled: RestBench;

  beforeAll(async () => {
    off = await benchWith(FRAMEWORK_OFF);
    denied = await benchWith(framework(DENY));
    fulfilled = await benchWith(FOR_HER_LEASE);
    unfulfilled = await benchWith(FOR_OTHERS);
  });

  it.each(Object.entries(AGENT_TABLE))(
    'are those of the person, as far as there are actions: %s',
    async (caller, expected) => {
      expect(await answersToAgentOf(off, caller)).toEqual(expected);
      expect(await answersToAgentOf(fulfilled, caller)).toEqual(expected);
    },
  );

  it('can be taken away', async () => {
    expect(await answersToAgentOf(denied, 'ada')).toEqual({
      ...NO_ACTION,
      ...{ ask: 403, lease: 403, history: 403, end: 403, leases: 403 },
    });
    expect(await answersToAgentOf(unfulfilled, 'ada')).toEqual({
      ...NO_ACTION,
      ...{ ask: 200, lease: 404, history: 404, end: 403, leases: 0 },
    });
  });
});
