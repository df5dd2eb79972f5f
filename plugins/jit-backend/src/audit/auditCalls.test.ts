import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { openapi } from '../schema/openapi';
import { CHECKPOINT_EVENT } from '../tasks/writeCheckpoint';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const ASK = { leases: [{ profileId: 'free' }], reason: 'OPS-1 fix' };

/** The rows of the page's tables: an event, its severity, what it tells. */
const PAGE = readFileSync(
  resolvePackagePath(
    '@backstage-jit/plugin-jit-backend',
    '../../docs/audit.md',
  ),
  'utf8',
)
  .split('\n')
  .map(line => /^\| `([a-z-]+)`\s+\| (low|medium|high)\s/.exec(line))
  .flatMap(row => (row ? [`${row[1]} ${row[2]}`] : []));

const CALLS = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map(method => ({ method, path })),
);

describe('what the auditor is told of calls', () => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await databases.init('SQLITE_3'));
  });

  /** How the last call went; the auditor hears of it just after its answer. */
  async function told(call: PromiseLike<unknown>) {
    const before = bench.auditor.events.length;
    await call;
    for (let n = 0; n < 100 && bench.auditor.events.length === before; n += 1) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(bench.auditor.events).toHaveLength(before + 1);
    return bench.auditor.events[before];
  }

  it('is what docs/audit.md says, for every call that there is', async () => {
    for (const { method, path } of CALLS) {
      const url = path.replace(/^\/v1/, '').replace(/\{\w+\}/g, randomUUID());
      const query = path === '/v1/presence' ? `?entityRef=${ORDERS_DB}` : '';
      await told(
        method === 'get'
          ? bench.get('operator', url + query)
          : bench.post('operator', url),
      );
    }
    const emitted = bench.auditor.events.map(
      ({ eventId, severityLevel }) => `${eventId} ${severityLevel}`,
    );
    expect(new Set(emitted).size).toBe(CALLS.length);
    const { eventId, severityLevel } = CHECKPOINT_EVENT;
    expect([...emitted, `${eventId} ${severityLevel}`].sort()).toEqual(
      [...PAGE].sort(),
    );
  });

  it('says who acted, on what and how it went, and nothing that is not to be told', async () => {
    let id = '';
    const asked = await told(
      bench.post('ada by a service', '/requests', ASK).then(({ body }) => {
        id = body.leases[0].id;
      }),
    );
    expect(asked).toEqual({
      eventId: 'request-create',
      severityLevel: 'medium',
      status: 'succeeded',
      meta: {
        requestId: expect.any(String),
        leaseIds: [id],
        status: 201,
        via: 'plugin:scaffolder',
      },
    });
    expect(await told(bench.post('eve', `/leases/${id}/end`))).toMatchObject({
      eventId: 'lease-end',
      status: 'failed',
      meta: { id, status: 404 },
      error: `There is no lease ${id}`,
    });
    expect(
      await told(
        bench.post('operator', '/stop', {
          subject: 'user:default/ada',
          why: 'x',
        }),
      ),
    ).toMatchObject({
      status: 'succeeded',
      meta: { subject: 'user:default/ada', why: 'x', status: 200 },
    });

    const active = await bench.put({ subject: 'user:default/bob' });
    const issued = await told(
      bench.post('bob', `/leases/${active.id}/credentials`),
    );
    expect(issued).toMatchObject({
      severityLevel: 'high',
      status: 'succeeded',
      meta: { id: active.id },
    });
    expect(JSON.stringify(issued)).not.toContain('pw-');
  });

  it('comes before a call: one that the auditor cannot be told of is not made', async () => {
    bench.auditor.begin = async () => {
      throw new Error('The log is full');
    };
    const refused = await bench.post('ada', '/requests', ASK);
    expect(refused.status).toBe(500);
    expect(JSON.stringify(refused.body)).not.toContain('The log is full');
    bench.auditor.begin = async () => {};
    expect((await bench.get('ada', '/leases')).body.items).toEqual([]);
  });
});
