import { CatalogUnavailableError } from '../policy';
import { BAD_CALLS } from '../__testUtils__/badCalls';
import { BAD_REQUESTS, read } from '../__testUtils__/badRequests';
import { UNKNOWN } from '../__testUtils__/calls';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';

jest.setTimeout(60_000);

onBothDatabases('bad input', database => {
  let bench: RestBench;

  beforeAll(async () => {
    bench = await RestBench.create(await database.open());
  });

  it.each(BAD_REQUESTS)(
    'refuses a request with %s',
    async (_name, caller, body, status, message) => {
      const answer = await bench.post(caller, '/requests', body);
      expect({
        status: answer.status,
        message: answer.body.error?.message,
      }).toEqual({ status, message: expect.stringContaining(message) });
    },
  );

  it.each(BAD_CALLS)(
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

  it('answers 503 where a group that the rules name is not there', async () => {
    const lost = {
      ...JIT_CONFIG.profiles[0],
      id: 'lost',
      deny: [{ group: 'group:default/missing' }],
    };
    const other = await bench.replica({
      jit: { profiles: [...JIT_CONFIG.profiles, lost] },
    });
    const answer = await other.post('ada', '/requests', {
      leases: [{ profileId: 'lost', entityRef: ORDERS_DB }],
    });
    expect([answer.status, answer.body.error.message]).toEqual([
      503,
      'lost is closed at the moment: group:default/missing, which its rules name, is not a group that counts in the catalog',
    ]);
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
