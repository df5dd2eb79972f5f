import { TestDatabases } from '@backstage/backend-test-utils';
import { answersOf } from '../__testUtils__/answersOf';
import { CALLS, UNKNOWN } from '../__testUtils__/calls';
import { FRAMEWORK_OFF } from '../__testUtils__/frameworkOff';
import { CALLERS } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { RIGHTS } from '../__testUtils__/rights';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('the rights to each call', () => {
  let bench: RestBench;

  beforeAll(async () => {
    bench = await RestBench.create(await databases.init('SQLITE_3'), {
      permissions: FRAMEWORK_OFF,
    });
  });

  it('has a row for every caller', () => {
    expect(Object.keys(RIGHTS).sort()).toEqual(
      [...Object.keys(CALLERS), 'no token'].sort(),
    );
  });

  it.each(Object.entries(RIGHTS))(
    'come from the lease and the profile: %s',
    async (caller, expected) => {
      expect(await answersOf(bench, caller)).toEqual(expected);
    },
  );
});

it('tells who calls, and whether as an operator', async () => {
  const bench = await RestBench.create(await databases.init('SQLITE_3'));
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
  const bench = await RestBench.create(await databases.init('SQLITE_3'));
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
  const bench = await RestBench.create(await databases.init('SQLITE_3'));
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

it('takes an operator’s word back as soon as they leave the group', async () => {
  const bench = await RestBench.create(await databases.init('SQLITE_3'), {
    jit: { operators: ['group:default/nobody-is-in-it'] },
  });
  const { id } = await bench.put();
  expect((await bench.get('operator', `/leases/${id}`)).status).toBe(404);
  expect((await bench.get('operator', '/stats')).status).toBe(403);
});
