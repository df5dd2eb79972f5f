import { JsonObject } from '@backstage/types';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import {
  beginAnswer,
  IN_PROGRESS_MS,
} from '../database/operations/idempotency/beginAnswer';
import { keepAnswer } from '../database/operations/idempotency/keepAnswer';
import { TABLES } from '../database/tables';

jest.setTimeout(60_000);

const ASK = { leases: [{ profileId: 'read', entityRef: ORDERS_DB }] };
const ASK_FREE = { leases: [{ profileId: 'free' }], reason: 'OPS-1 fix' };

onBothDatabases('requests', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open());
  });

  async function count(table: keyof typeof TABLES): Promise<number> {
    const [{ n }] = await bench.ledger.knex(TABLES[table]).count({ n: '*' });
    return Number(n);
  }

  it('takes a request in, and shows it to those it names', async () => {
    const { status, body } = await bench.post('ada by a service', '/requests', {
      leases: [
        { profileId: 'read', entityRef: 'Resource:orders-db', duration: '45m' },
        { profileId: 'free' },
      ],
      reason: ' OPS-9 look at it ',
    });

    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        now: expect.any(String),
        request: {
          state: 'approved',
          requester: 'user:default/ada',
          subject: 'user:default/ada',
          via: 'plugin:scaffolder',
          reason: 'OPS-9 look at it',
          steps: [],
        },
        leases: [
          {
            state: 'approved',
            profileId: 'read',
            entityRef: ORDERS_DB,
            durationMs: 2_700_000,
            parameters: { name: 'reader' },
            extensionsLeft: 2,
            stuck: false,
          },
          { profileId: 'free', durationMs: 3_600_000, extensionsLeft: 0 },
        ],
      },
    });
    expect(bench.engine.woken).toBe(1);

    const { id } = body.request;
    for (const caller of ['ada', 'operator', 'read token']) {
      const shown = await bench.get(caller, `/requests/${id}`);
      expect([caller, shown.status]).toEqual([caller, 200]);
      const listed = await bench.get(caller, '/requests?state=approved');
      expect(listed.body.items).toHaveLength(1);
    }
    for (const caller of ['bob', 'owner', 'nobody']) {
      const shown = await bench.get(caller, `/requests/${id}`);
      expect([caller, shown.status]).toEqual([caller, 404]);
      const listed = await bench.get(caller, '/requests');
      expect(listed.body.items).toEqual([]);
    }
    const history = await bench.get(
      'ada',
      `/leases/${body.leases[0].id}/events`,
    );
    expect(history.body.items).toMatchObject([
      {
        sequence: 1,
        type: 'lease.requested',
        actor: 'user:default/ada',
        data: { via: 'plugin:scaffolder' },
      },
      {
        sequence: 2,
        type: 'lease.approved',
        actor: 'system:policy',
        from: 'requested',
        to: 'approved',
        why: expect.stringContaining('group:default/orders'),
      },
    ]);
  });

  it('keeps what the leases were made for, by the service that knows of it', async () => {
    const origin = { type: 'scaffolder-task', id: 'a1b2' };
    const body = { ...ASK, origin };
    const tried = { ...body, dryRun: true };
    const preview = await bench.post('ada by a service', '/requests', tried);
    expect(preview.status).toBe(200);
    const made = await bench.post('ada by a service', '/requests', body);
    expect(made.body.leases).toMatchObject([
      { origin: { ...origin, settled: false } },
    ]);
    const { id } = made.body.leases[0];
    const history = await bench.get('ada', `/leases/${id}/events`);
    expect(history.body.items[0].data).toEqual({
      via: 'plugin:scaffolder',
      origin,
    });
  });

  it('offers what can be leased, and says why the rest cannot', async () => {
    const path = `/profiles?entityRef=${encodeURIComponent(ORDERS_DB)}`;
    const offers = async (caller: string) =>
      (await bench.get(caller, path)).body.items.map(
        ({ profileId, refusal }: { profileId: string; refusal?: string }) => [
          profileId,
          Boolean(refusal),
        ],
      );
    expect(await offers('ada')).toEqual([
      ['read', false],
      ['hidden', false],
      ['annotated', true],
    ]);
    expect(await offers('eve')).toEqual([
      ['read', true],
      ['hidden', true],
      ['annotated', true],
    ]);
    const without = await bench.get('ada', '/profiles');
    expect(without.body.items).toMatchObject([
      { profileId: 'free', reason: { required: true, example: 'OPS-1 fix' } },
      { profileId: 'named', parameters: [{ name: 'name' }] },
    ]);
  });

  it('previews without writing anything', async () => {
    await bench.put();
    const before = [await count('requests'), await count('leases')];
    const { status, body } = await bench.post('ada', '/requests', {
      leases: [{ profileId: 'free' }, ...ASK.leases],
      reason: 'OPS-1',
      dryRun: true,
    });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        automatic: true,
        leases: [
          {
            profileId: 'free',
            plan: ['A role of its own'],
            residual: 'Files already downloaded',
          },
          {
            profileId: 'read',
            refusal: expect.stringContaining('limits.perSubject'),
          },
        ],
      },
    });
    expect(body.leases[0].refusal).toBeUndefined();
    const refused = await bench.post('eve', '/requests', {
      ...ASK,
      dryRun: true,
    });
    expect(refused.body.leases[0].refusal).toContain('group:default/orders');
    expect([await count('requests'), await count('leases')]).toEqual(before);
    expect(bench.engine.woken).toBe(0);
  });

  it('keeps a limit when a hundred ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => bench.post('ada', '/requests', ASK)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(99).fill(409)]);
    expect(await count('leases')).toBe(1);
    expect(await count('requests')).toBe(1);
    const refusal = answers.find(({ status }) => status === 409)!;
    expect(refusal.body.error.message).toContain('limits.perSubject');

    // Another person has a limit of their own, and what has ended does not count.
    expect((await bench.post('bob', '/requests', ASK)).status).toBe(201);
    const [{ id }] = await bench
      .get('ada', '/leases')
      .then(({ body }) => body.items);
    await bench.change(id, { state: 'revoked' });
    expect((await bench.post('ada', '/requests', ASK)).status).toBe(201);
  });

  /** What comes of it when Ada and Bob ask a hundred times at once, over two replicas. */
  async function storm(body: object, jit?: JsonObject) {
    const replicas = [
      await bench.replica({ jit }),
      await bench.replica({
        jit,
        knex: database.openBeside(bench.ledger.knex),
      }),
    ];
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        replicas[n % 2].post(n % 4 < 2 ? 'ada' : 'bob', '/requests', body),
      ),
    );
    const refusals = answers.filter(({ status }) => status === 409);
    return {
      made: answers.filter(({ status }) => status === 201).length,
      refused: refusals.length,
      whys: [...new Set(refusals.map(each => each.body.error.message))],
    };
  }

  it('keeps a limit when a hundred ask at once over two replicas', async () => {
    expect(await storm(ASK)).toEqual({
      made: 2,
      refused: 98,
      whys: [expect.stringContaining('limits.perSubject')],
    });
    const leases = await bench.ledger.knex(TABLES.leases);
    expect(leases.map(({ subject }) => subject).sort()).toEqual([
      'user:default/ada',
      'user:default/bob',
    ]);
  });

  it('keeps the limit of a profile over all people, however many ask at once', async () => {
    const few = { ...JIT_CONFIG.profiles[0], limits: { perProfile: 3 } };
    expect(await storm(ASK, { profiles: [few] })).toEqual({
      made: 3,
      refused: 97,
      whys: [expect.stringContaining('limits.perProfile')],
    });
    expect(await count('leases')).toBe(3);
  });

  it('keeps no more requests open than a person may have, however many they make at once', async () => {
    const slow = {
      ...JIT_CONFIG.profiles[0],
      limits: {},
      approval: { steps: [{ approvers: [{ owner: true }] }] },
    };
    const limits = { openRequestsPerPerson: 2 };
    expect(await storm(ASK, { profiles: [slow], limits })).toEqual({
      made: 4,
      refused: 96,
      whys: [expect.stringContaining('jit.limits.openRequestsPerPerson')],
    });
    expect(await count('requests')).toBe(4);
  });

  it('counts the parts of one request against the limit, all or nothing', async () => {
    const { status } = await bench.post('ada', '/requests', {
      leases: [...ASK.leases, ...ASK.leases],
    });
    expect(status).toBe(409);
    expect(await count('leases')).toBe(0);
  });

  it('makes a repeated call once', async () => {
    const send = (caller: string, body: object, key: string = 'key-1') =>
      bench.post(caller, '/requests', body).set('Idempotency-Key', key);
    const first = await send('ada', ASK_FREE);
    expect(first.status).toBe(201);
    const again = await send('ada', ASK_FREE);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect((await send('ada', { ...ASK_FREE, reason: 'OPS-2' })).status).toBe(
      409,
    );
    expect(await count('leases')).toBe(1);

    // Per caller, and a service that acts for her is another one.
    expect((await send('bob', ASK_FREE)).body.request.id).not.toBe(
      first.body.request.id,
    );
    expect((await send('ada by a service', ASK_FREE)).status).toBe(201);
    expect(await count('leases')).toBe(3);

    // What had no effect can be tried again.
    await bench.put();
    expect((await send('ada', ASK, 'key-2')).status).toBe(409);
    await bench.ledger.knex(TABLES.leases).update({ state: 'revoked' });
    expect((await send('ada', ASK, 'key-2')).status).toBe(201);

    // A process died over it: soon somebody else makes it, and what comes late of the dead one has no effect.
    const [{ caller, call, body_hash: bodyHash }] = await bench.ledger
      .knex(TABLES.idempotency)
      .where({ key: 'key-1' });
    const dead = { caller, call, key: 'key-3' };
    const begun = await beginAnswer(bench.ledger, { ...dead, bodyHash });
    expect((await send('ada', ASK_FREE, 'key-3')).status).toBe(409);
    bench.clock.advance(IN_PROGRESS_MS);
    expect((await send('ada', ASK_FREE, 'key-3')).status).toBe(201);
    await expect(
      keepAnswer(bench.ledger, {
        ...dead,
        until: begun.type === 'begun' ? begun.until : NaN,
        status: 201,
        answer: '{}',
      }),
    ).rejects.toThrow('begun again');

    // A day later the key is free again.
    bench.clock.advance(24 * 3_600_000 + 1);
    const later = await send('ada', ASK_FREE);
    expect(later.body.request.id).not.toBe(first.body.request.id);
  });

  it('makes a call once when it is sent twenty times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        bench.post('ada', '/requests', ASK_FREE).set('Idempotency-Key', 'k'),
      ),
    );
    expect(await count('leases')).toBe(1);
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(({ body }) => body.request.id)).size).toBe(1);
    for (const { status, body } of answers.filter(
      each => each.status !== 201,
    )) {
      expect([status, body.error.message]).toEqual([
        409,
        expect.stringContaining('Idempotency-Key'),
      ]);
    }
  });

  it('starts later when asked to, and can be withdrawn until then', async () => {
    const startsAt = new Date(Date.now() + 3_600_000).toISOString();
    const made = await bench.post('ada', '/requests', { ...ASK, startsAt });
    expect(made.body.leases[0]).toMatchObject({ state: 'approved', startsAt });
    const { id } = made.body.request;

    expect((await bench.post('bob', `/requests/${id}/withdraw`)).status).toBe(
      404,
    );
    const withdrawn = await bench
      .post('ada', `/requests/${id}/withdraw`)
      .set('Idempotency-Key', 'w');
    expect(withdrawn.body.request.state).toBe('withdrawn');
    const again = await bench
      .post('ada', `/requests/${id}/withdraw`)
      .set('Idempotency-Key', 'w');
    expect(again.body).toEqual(withdrawn.body);
    const [row] = await bench.ledger.knex(TABLES.leases);
    expect(JSON.parse(row.end_wish)).toMatchObject({
      reason: 'returned',
      actor: 'user:default/ada',
    });
    const [due] = await bench.ledger.knex(TABLES.entitlements);
    expect(Number(due.next_at)).toBeLessThan(Date.parse(startsAt) - 3_000_000);
    expect(Number(due.turn_at)).toBe(Number(due.next_at));
  });

  it('does not withdraw what was granted, nor decide what was granted by rule', async () => {
    const { body } = await bench.post('ada', '/requests', ASK);
    const { id } = body.request;
    await bench.change(body.leases[0].id, { state: 'granting' });
    const late = await bench.post('ada', `/requests/${id}/withdraw`);
    expect(late.status).toBe(409);
    expect((await bench.get('ada', `/requests/${id}`)).body.request.state).toBe(
      'approved',
    );
    const decision = { decision: 'approve', revision: 1 };
    const decided = await bench.post(
      'operator',
      `/requests/${id}/decisions`,
      decision,
    );
    expect(decided.status).toBe(409);
    expect(decided.body.error.message).toContain('nothing to decide');
    const stale = await bench.post('ada', `/requests/${id}/decisions`, {
      ...decision,
      revision: 7,
    });
    expect(stale.body.error.message).toContain('revision 1');
  });

  it('lets an access token ask for a person, never for itself', async () => {
    const forAda = { ...ASK, subject: 'user:default/ada' };
    const made = await bench.post('create token', '/requests', forAda);
    expect({ status: made.status, body: made.body }).toMatchObject({
      status: 201,
      body: {
        request: { requester: 'external:creator', subject: 'user:default/ada' },
      },
    });
    expect((await bench.post('create token', '/requests', ASK)).status).toBe(
      400,
    );
    expect((await bench.post('read token', '/requests', forAda)).status).toBe(
      403,
    );
    // Eligibility is the subject's, whoever asks.
    const forEve = { ...ASK, subject: 'user:default/eve' };
    expect((await bench.post('create token', '/requests', forEve)).status).toBe(
      403,
    );
  });
});
