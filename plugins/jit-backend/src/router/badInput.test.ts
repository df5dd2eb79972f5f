import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { CatalogUnavailableError } from '../policy';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const UNKNOWN = '11111111-2222-4333-8444-555555555555';

const read = (changes: object = {}) => ({
  leases: [{ profileId: 'read', entityRef: ORDERS_DB, ...changes }],
});

/** A body of `POST /requests`, who sends it, and what the answer says. */
const REQUESTS: Array<[string, string, object, number, string]> = [
  ['no body', 'ada', {}, 400, "required property 'leases'"],
  ['no leases', 'ada', { leases: [] }, 400, 'fewer than 1'],
  ['no profile', 'ada', { leases: [{}] }, 400, "required property 'profileId'"],
  [
    'a field too many',
    'ada',
    { ...read(), admin: true },
    400,
    'There is no field admin',
  ],
  [
    'a field too many inside',
    'ada',
    read({ role: 'x' }),
    400,
    'There is no field leases.0.role',
  ],
  [
    'a wrong type',
    'ada',
    { leases: [{ profileId: 7 }] },
    400,
    'leases/0/profileId must be string',
  ],
  [
    'an unknown profile',
    'ada',
    read({ profileId: 'root' }),
    404,
    'There is no profile root',
  ],
  [
    'a profile named like a property',
    'ada',
    read({ profileId: '__proto__' }),
    404,
    'There is no profile __proto__',
  ],
  [
    'an unknown entity',
    'ada',
    read({ entityRef: 'resource:default/none' }),
    404,
    'There is no entity resource:default/none',
  ],
  [
    'no entity ref',
    'ada',
    read({ entityRef: 'a b c' }),
    400,
    'leases[0].entityRef',
  ],
  [
    'an entity ref without a kind',
    'ada',
    read({ entityRef: 'orders-db' }),
    400,
    'leases[0].entityRef',
  ],
  [
    'no entity at all',
    'ada',
    read({ entityRef: undefined }),
    403,
    'leased on an entity',
  ],
  [
    'a look-alike in another namespace',
    'eve',
    read({ entityRef: 'resource:evil/orders-db' }),
    403,
    'not for resource:evil/orders-db',
  ],
  [
    'an unreadable duration',
    'ada',
    read({ duration: 'soon' }),
    400,
    'leases[0].duration is not a duration such as',
  ],
  [
    'a duration of nothing',
    'ada',
    read({ duration: '0m' }),
    400,
    'more than zero; the maximum is 4 hours',
  ],
  [
    'a negative duration',
    'ada',
    read({ duration: { minutes: -5 } }),
    400,
    'more than zero',
  ],
  [
    'an endless duration',
    'ada',
    read({ duration: 'P1000Y' }),
    400,
    'the maximum of 4 hours',
  ],
  [
    'a millisecond too long',
    'ada',
    read({ duration: { hours: 4, milliseconds: 1 } }),
    400,
    'the maximum of 4 hours',
  ],
  [
    'a duration of another type',
    'ada',
    read({ duration: true }),
    400,
    'leases/0/duration',
  ],
  [
    'somebody not eligible',
    'eve',
    read(),
    403,
    'only for members of group:default/orders',
  ],
  [
    'somebody not in the catalog',
    'nobody',
    read(),
    403,
    'user:default/not-in-the-catalog is not a User',
  ],
  [
    'for somebody else',
    'ada',
    { ...read(), subject: 'user:default/bob' },
    403,
    'only be asked for oneself',
  ],
  [
    'for a group',
    'create token',
    { ...read(), subject: 'group:default/orders' },
    400,
    'is not a User',
  ],
  [
    'no reason',
    'ada',
    { leases: [{ profileId: 'free' }] },
    400,
    'for example: OPS-1 fix',
  ],
  [
    'a reason without a ticket',
    'ada',
    { leases: [{ profileId: 'free' }], reason: 'because' },
    400,
    'reason',
  ],
  [
    'an endless reason',
    'ada',
    { ...read(), reason: 'x'.repeat(2000) },
    400,
    'reason is longer than',
  ],
  [
    'a reason no database keeps',
    'ada',
    { ...read(), reason: 'a\u0000b' },
    400,
    'reason',
  ],
  [
    'a start in the past',
    'ada',
    { ...read(), startsAt: '2001-01-01T00:00:00Z' },
    400,
    'startsAt is in the past',
  ],
  [
    'a start in a year',
    'ada',
    { ...read(), startsAt: '2199-01-01T00:00:00Z' },
    400,
    'startsAt is more than 30 days away',
  ],
  [
    'a start that is none',
    'ada',
    { ...read(), startsAt: 'soon' },
    400,
    'startsAt',
  ],
  [
    'parameters that it does not take',
    'ada',
    read({ parameters: { name: 'writer' } }),
    400,
    'parameters: read takes none',
  ],
  [
    'a missing parameter',
    'ada',
    { leases: [{ profileId: 'named' }] },
    400,
    'parameters.name is required',
  ],
  [
    'a parameter outside allow',
    'ada',
    { leases: [{ profileId: 'named', parameters: { name: 'superuser' } }] },
    400,
    'parameters.name is not a value',
  ],
  [
    'a parameter that is no scalar',
    'ada',
    { leases: [{ profileId: 'named', parameters: { name: ['reader'] } }] },
    400,
    'parameters.name is not a value',
  ],
  [
    'a role outside the ceiling',
    'ada',
    { leases: [{ profileId: 'named', parameters: { name: 'writer' } }] },
    403,
    'outside the ceiling of the connection main',
  ],
  [
    'an annotation outside allow',
    'ada',
    {
      leases: [
        { profileId: 'annotated', entityRef: 'resource:default/greedy-db' },
      ],
    },
    403,
    'does not allow the value',
  ],
  [
    'too many at once',
    'ada',
    { leases: Array(21).fill({ profileId: 'free' }), reason: 'OPS-1' },
    400,
    'leases',
  ],
];

/** Other calls: who, how, what, and the answer. */
const CALLS: Array<[string, 'get' | 'post', string, object, number, string]> = [
  ['ada', 'get', '/leases?colour=red', {}, 400, 'colour'],
  ['ada', 'get', '/leases?limit=0', {}, 400, 'limit'],
  ['ada', 'get', '/leases?limit=201', {}, 400, 'limit'],
  ['ada', 'get', '/leases?cursor=nonsense', {}, 400, 'cursor'],
  ['ada', 'get', '/leases?state=asleep', {}, 400, 'state'],
  ['ada', 'get', '/leases?subject=ada', {}, 400, 'subject'],
  ['ada', 'get', '/leases?stuck=maybe', {}, 400, 'stuck'],
  ['ada', 'get', '/leases?profileId=%00', {}, 400, 'profileId'],
  ['ada', 'get', `/leases/${UNKNOWN}`, {}, 404, UNKNOWN],
  [
    'ada',
    'get',
    '/leases/%27%3B%20drop%20table%20jit_leases%3B--',
    {},
    404,
    `'; drop table`,
  ],
  ['ada', 'get', `/leases/${'%F0%9F%94%91'.repeat(50)}`, {}, 404, '🔑'],
  ['ada', 'get', '/leases/%00', {}, 404, 'There is no lease'],
  ['ada', 'get', `/requests/${UNKNOWN}`, {}, 404, UNKNOWN],
  ['ada', 'get', '/presence', {}, 400, 'entityRef'],
  ['ada', 'get', '/presence?entityRef=x', {}, 400, 'entityRef'],
  [
    'ada',
    'get',
    '/presence?entityRef=resource:default/none',
    {},
    404,
    'resource:default/none',
  ],
  [
    'ada',
    'get',
    '/profiles?entityRef=resource:default/none',
    {},
    404,
    'resource:default/none',
  ],
  ['operator', 'get', '/events/export?from=yesterday', {}, 400, 'from'],
  ['operator', 'post', '/stop', {}, 400, 'why'],
  ['operator', 'post', '/stop', { why: 'x', subject: 'ada' }, 400, 'subject'],
  [
    'operator',
    'post',
    '/stop',
    { why: 'x', profileId: 'a', endLeases: false, refuseNew: false },
    400,
    'nothing would be stopped',
  ],
  ['operator', 'post', '/stops/1/lift', {}, 404, 'There is no stop 1'],
];

it('runs on both databases', () => {
  expect(databases.eachSupportedId()).toHaveLength(2);
});

describe.each(databases.eachSupportedId())('bad input on %s', databaseId => {
  let bench: RestBench;

  beforeAll(async () => {
    bench = await RestBench.create(
      await databases.init(databaseId as TestDatabaseId),
    );
  });

  it.each(REQUESTS)(
    'refuses a request with %s',
    async (_name, caller, body, status, message) => {
      const answer = await bench.post(caller, '/requests', body);
      expect({
        status: answer.status,
        message: answer.body.error?.message,
      }).toEqual({ status, message: expect.stringContaining(message) });
    },
  );

  it.each(CALLS)(
    'refuses %s %s %s %j with %d',
    async (caller, method, path, body, status, message) => {
      const answer = await bench[method](caller, path, body);
      expect({
        status: answer.status,
        message: answer.body.error?.message,
      }).toEqual({ status, message: expect.stringContaining(message) });
    },
  );

  it('refuses an Idempotency-Key that is no plain text, and any for credentials', async () => {
    const odd = await bench
      .post('ada', '/requests', read())
      .set('Idempotency-Key', 'a b');
    expect(odd.status).toBe(400);
    const minted = await bench
      .post('ada', `/leases/${UNKNOWN}/credentials`)
      .set('Idempotency-Key', 'k');
    expect([minted.status, minted.body.error.message]).toEqual([
      400,
      expect.stringContaining('never stored'),
    ]);
  });

  it('answers 503 while the catalog or a profile cannot be used, and says why', async () => {
    const { profiles } = bench.policy;
    const closed = jest
      .spyOn(profiles, 'lookAgain')
      .mockResolvedValue('Its connection main cannot be used (down)');
    const answer = await bench.post('ada', '/requests', read());
    expect([answer.status, answer.body.error.message]).toEqual([
      503,
      'read is closed at the moment: Its connection main cannot be used (down)',
    ]);
    closed.mockRestore();

    const away = jest
      .spyOn(bench.policy.directory, 'lookUpSubject')
      .mockRejectedValue(new CatalogUnavailableError('it does not answer'));
    const unknown = await bench.post('ada', '/requests', read());
    expect([unknown.status, unknown.body.error.message]).toEqual([
      503,
      'The catalog cannot be asked: it does not answer',
    ]);
    away.mockRestore();
  });

  it('never shows a driver’s message', async () => {
    const broken = jest
      .spyOn(bench.policy.directory, 'lookUpEntities')
      .mockRejectedValue(
        Object.assign(new Error(`insert into "x" values ('pw') - failed`), {
          code: '23505',
        }),
      );
    const answer = await bench.post('ada', '/requests', read());
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('insert into');
    broken.mockRestore();
  });

  it('wrote nothing for any of it, and woke nobody', async () => {
    for (const table of ['leases', 'requests', 'entitlements'] as const) {
      expect(await bench.ledger.knex(TABLES[table])).toEqual([]);
    }
    expect(bench.engine.woken).toBe(0);
  });
});
