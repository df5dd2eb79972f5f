import { Response } from 'supertest';
import {
  ADA,
  ask,
  BOSS,
  catalog,
  daily,
  HOUR,
  jitWith,
  LEAD,
  managed,
  paired,
  SAM,
  SUE,
  write,
} from '../__testUtils__/approvalRules';
import {
  decide,
  leave,
  made,
  pendingOf,
  waitingFor,
} from '../__testUtils__/asking';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ORDERS_DB, user } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';

jest.setTimeout(120_000);

onBothDatabases('approvals', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open(), {
      jit: jitWith([write, managed, paired, daily]),
      entities: catalog(),
    });
  });

  it('grants when the steps have their people, one after the other', async () => {
    const { request, leases } = await made(
      bench,
      ask('write', { reason: 'fix' }),
    );
    const { id } = request;
    expect(request).toMatchObject({
      state: 'pending',
      lapsesAt: expect.any(String),
      steps: [
        {
          state: 'open',
          approvers: ['group:default/owners'],
          rule: 'owners of the target',
          openedAt: request.requestedAt,
        },
        { state: 'waiting', approvers: ['group:default/security'], count: 1 },
      ],
      asked: [{ profileId: 'write', durationMs: HOUR, entityRef: ORDERS_DB }],
    });
    expect(leases[0].state).toBe('requested');
    expect(await bench.ledger.knex(TABLES.entitlements)).toEqual([]);
    expect(await waitingFor(bench, LEAD)).toEqual([id]);
    expect(await waitingFor(bench, SUE)).toEqual([]);
    expect(await waitingFor(bench, ADA)).toEqual([]);
    expect((await bench.get(SUE, `/requests/${id}`)).status).toBe(200);
    expect((await bench.get('eve', `/requests/${id}`)).status).toBe(404);

    const first = await decide(bench, LEAD, id, { comment: ' fine by me ' });
    expect([first.status, first.body.request.state]).toEqual([200, 'pending']);
    expect(await waitingFor(bench, LEAD)).toEqual([]);
    expect(await waitingFor(bench, SUE)).toEqual([id]);

    const second = await decide(bench, SUE, id);
    expect(second.body).toMatchObject({
      request: {
        state: 'approved',
        steps: [{ state: 'done' }, { state: 'done' }],
      },
      leases: [{ state: 'approved' }],
    });
    expect(second.body.request.lapsesAt).toBeUndefined();
    const [due] = await bench.ledger.knex(TABLES.entitlements);
    expect(due.next_at).not.toBeNull();
    expect(bench.engine.woken).toBeGreaterThan(1);

    const history = await bench.get(SUE, `/leases/${leases[0].id}/events`);
    expect(history.body.items).toMatchObject([
      { type: 'lease.requested', actor: ADA },
      { type: 'lease.approval-given', actor: LEAD, why: 'fine by me' },
      { type: 'lease.approval-given', actor: SUE },
      {
        type: 'lease.approved',
        from: 'requested',
        to: 'approved',
        why: expect.stringContaining(`approved by ${LEAD}, ${SUE}`),
      },
    ]);
    const notices = (await bench.ledger.knex(TABLES.outbox)).map(({ notice }) =>
      JSON.parse(notice),
    );
    expect(notices).toMatchObject([
      { to: ['group:default/owners'], except: [ADA], view: 'approvals' },
      { to: ['group:default/security'], except: [ADA], view: 'approvals' },
      { to: [ADA], title: 'Approved: Orders, write', leaseId: leases[0].id },
    ]);
  });

  it('grants at once to whom the rules name, and nothing after a denial', async () => {
    const auto = await made(bench, ask('write'), 'user:default/bob');
    expect(auto.request).toMatchObject({ state: 'approved', steps: [] });

    const { request, leases } = await made(bench);
    const { id } = request;
    await decide(bench, LEAD, id);
    const denied = await decide(bench, SAM, id, {
      decision: 'deny',
      comment: 'No',
    });
    expect(denied.body).toMatchObject({
      request: { state: 'denied' },
      leases: [{ state: 'denied', endReason: 'denied' }],
    });
    const late = await decide(bench, SUE, id);
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringContaining('is denied already'),
    ]);
    const { body } = await bench.get(ADA, `/leases/${leases[0].id}/events`);
    expect(body.items.at(-1)).toMatchObject({
      type: 'lease.denied',
      actor: SAM,
      why: 'No',
    });
    expect(
      await bench.ledger.knex(TABLES.leases).where({ state: 'approved' }),
    ).toHaveLength(1);
  });

  it('does not grant to who is no longer eligible, nor over a limit or a stop', async () => {
    const { request } = await made(bench);
    const { id } = request;
    await decide(bench, LEAD, id);
    const { id: live } = await bench.put({ profileId: 'read' });
    await bench.change(live, { profileId: 'write' });
    const over = await decide(bench, SAM, id);
    expect([over.status, over.body.error.message]).toEqual([
      409,
      expect.stringContaining('limits.perSubject'),
    ]);
    await bench.change(live, { state: 'revoked' });
    const stop = await bench.post('operator', '/stop', {
      subject: ADA,
      why: 'lost laptop',
    });
    const stopped = await decide(bench, SAM, id);
    expect(stopped.body.error.message).toContain('lost laptop');
    await bench.post('operator', `/stops/${stop.body.stop.id}/lift`);
    leave(bench, ADA);
    const gone = await decide(bench, SAM, id);
    expect([gone.status, gone.body.error.message]).toEqual([
      409,
      expect.stringContaining('cannot be granted any more'),
    ]);
    const shown = await bench.get(SAM, `/requests/${id}`);
    expect(shown.body.request.state).toBe('pending');
  });

  it('goes round again when its rules change under it, and says how', async () => {
    const { request, leases } = await made(bench);
    const { id } = request;
    await decide(bench, LEAD, id);
    const edited = await bench.replica({
      jit: jitWith([
        { ...write, title: 'Orders, all of it', duration: { maximum: '2h' } },
        managed,
      ]),
    });
    const changed = await decide(edited, SAM, id);
    expect([changed.status, changed.body.error.message]).toEqual([
      409,
      expect.stringContaining(
        'title was "Orders, write" and is "Orders, all of it"',
      ),
    ]);
    const { body } = await edited.get(SAM, `/requests/${id}`);
    expect(body).toMatchObject({
      request: {
        state: 'pending',
        revision: 2,
        steps: [{ state: 'open', decisions: [] }, { state: 'waiting' }],
      },
      leases: [
        {
          id: leases[0].id,
          profileTitle: 'Orders, all of it',
          durationMs: 2 * HOUR,
        },
      ],
    });
    expect(body.request.changes).toContainEqual({
      profileId: 'write',
      field: 'durations.maximumMs',
      before: '14400000',
      after: '7200000',
    });
    expect((await decide(edited, LEAD, id)).status).toBe(409);
    await decide(edited, LEAD, id, { revision: 2 });
    const done = await decide(edited, SAM, id, { revision: 2 });
    expect(done.body.leases[0]).toMatchObject({
      state: 'approved',
      profileHash: body.leases[0].profileHash,
    });
  });

  it('lets approvers give less, and never more', async () => {
    const startsAt = new Date(Date.now() + HOUR).toISOString();
    const { request } = await made(bench, ask('write', { startsAt }));
    const { id } = request;
    const longer = await decide(bench, LEAD, id, { duration: '2h' });
    expect([longer.status, longer.body.error.message]).toEqual([
      400,
      expect.stringContaining('duration is longer than the 1 hour'),
    ]);
    const earlier = await decide(bench, LEAD, id, {
      startsAt: new Date(Date.now() + HOUR / 2).toISOString(),
    });
    expect(earlier.status).toBe(400);
    const denial = await decide(bench, LEAD, id, {
      decision: 'deny',
      duration: '1m',
    });
    expect(denial.status).toBe(400);

    const less = await decide(bench, LEAD, id, { duration: '20m' });
    expect(less.body.request.revision).toBe(2);
    expect(less.body.leases[0].durationMs).toBe(HOUR / 3);
    expect((await decide(bench, SAM, id)).status).toBe(409);
    const later = new Date(Date.now() + 2 * HOUR).toISOString();
    const done = await decide(bench, SAM, id, { revision: 2, startsAt: later });
    expect(done.body.leases[0]).toMatchObject({
      state: 'approved',
      startsAt: later,
      durationMs: HOUR / 3,
    });
    const [row] = await bench.ledger.knex(TABLES.leases);
    // What was approved, and the extension of the profile.
    expect(Number(row.maximum_life_ms)).toBe(HOUR / 3 + HOUR);
  });

  it('lapses when nobody decides, and can be withdrawn until it is decided', async () => {
    const { request, leases } = await made(bench);
    const other = await made(bench, ask('managed'));
    const taken = await bench
      .post(ADA, `/requests/${other.request.id}/withdraw`)
      .set('Idempotency-Key', 'w');
    expect(taken.body).toMatchObject({
      request: { state: 'withdrawn' },
      leases: [{ state: 'withdrawn', endReason: 'returned' }],
    });
    const again = await bench
      .post(ADA, `/requests/${other.request.id}/withdraw`)
      .set('Idempotency-Key', 'w');
    expect(again.body).toEqual(taken.body);
    expect((await decide(bench, BOSS, other.request.id)).status).toBe(409);

    expect(await pendingOf(bench).lapse()).toBe(0);
    bench.clock.advance(8 * HOUR);
    const late = await decide(bench, LEAD, request.id);
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringContaining('has lapsed'),
    ]);
    expect(await pendingOf(bench).lapse()).toBe(1);
    const shown = await bench.get(ADA, `/requests/${request.id}`);
    expect(shown.body).toMatchObject({
      request: { state: 'lapsed' },
      leases: [{ id: leases[0].id, state: 'lapsed' }],
    });
    expect(await waitingFor(bench, LEAD)).toEqual([]);
  });

  it('grants a bundle when all of its parts are approved', async () => {
    const { request, leases } = await made(bench, {
      bundleId: 'fix',
      leases: [
        { profileId: 'read', entityRef: ORDERS_DB },
        { profileId: 'write', entityRef: ORDERS_DB },
      ],
    });
    expect(leases.map(({ state }: { state: string }) => state)).toEqual([
      'requested',
      'requested',
    ]);
    await decide(bench, LEAD, request.id);
    const { body } = await decide(bench, SAM, request.id);
    expect(body.leases).toMatchObject([
      {
        profileId: 'read',
        state: 'approved',
        bundle: { part: 1, waiting: false },
      },
      {
        profileId: 'write',
        state: 'approved',
        bundle: { part: 2, waiting: true },
      },
    ]);
    expect(await bench.ledger.knex(TABLES.entitlements)).toHaveLength(2);
  });

  it('keeps to the hours: when asked, approved and extended', async () => {
    const midnight = new Date(Date.now() + 36 * HOUR);
    midnight.setUTCHours(0, 0, 0, 0);
    const startsAt = (hour: number) =>
      new Date(midnight.getTime() + hour * HOUR).toISOString();
    const asked = (hour: number) =>
      bench.post(ADA, '/requests', ask('daily', { startsAt: startsAt(hour) }));
    const early = await asked(7);
    expect([early.status, early.body.error.message]).toEqual([
      409,
      expect.stringContaining(`the next time is from ${startsAt(8)}`),
    ]);
    expect((await asked(17.5)).status).toBe(409);
    const { body } = await asked(8);
    const { id } = body.request;
    const late = await decide(bench, SAM, id, { startsAt: startsAt(17.5) });
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringContaining(`that ends at ${startsAt(18)}`),
    ]);
    const shorter = await decide(bench, SAM, id, {
      startsAt: startsAt(17.5),
      duration: '30m',
    });
    expect(shorter.body.leases).toMatchObject([
      { state: 'approved', startsAt: startsAt(17.5) },
    ]);
    const [lease] = shorter.body.leases;
    bench.clock.advance(Date.parse(startsAt(17.5)) - Date.now());
    await bench.change(lease.id, {
      state: 'active',
      grantedAt: Date.parse(startsAt(17)),
      expiresAt: Date.parse(startsAt(17.9)),
      extensibleUntil: Date.parse(startsAt(20)),
    });
    const extended = await bench.post(ADA, `/leases/${lease.id}/extend`, {
      duration: '30m',
    });
    expect([extended.status, extended.body.error.message]).toEqual([
      400,
      expect.stringContaining(`that ends at ${startsAt(18)}`),
    ]);
    const within = await bench.post(ADA, `/leases/${lease.id}/extend`, {
      duration: '6m',
    });
    expect(within.body.lease.expiresAt).toBe(startsAt(18));
  });

  it('decides nothing while the catalog is away', async () => {
    const { request } = await made(bench);
    jest
      .spyOn(bench.catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('away'));
    expect((await decide(bench, LEAD, request.id)).status).toBe(503);
    await pendingOf(bench).refresh();
    jest.restoreAllMocks();
    expect((await decide(bench, LEAD, request.id)).status).toBe(200);
  });

  it('looks again when somebody has decided since it looked', async () => {
    const { request } = await made(bench, ask('paired'));
    const { id } = request;
    const look = bench.catalog.getEntitiesByRefs.bind(bench.catalog);
    let other: Response | undefined;
    // The rules are read when the request has been, and those who had decided by then.
    const spy = jest
      .spyOn(bench.catalog, 'getEntitiesByRefs')
      .mockImplementation(async (asked, options) => {
        if (asked.entityRefs.includes(ADA)) {
          spy.mockRestore();
          other = await decide(bench, SUE, id);
        }
        return await look(asked, options);
      });
    const last = await decide(bench, SAM, id);
    expect([other?.status, other?.body.request.state]).toEqual([
      200,
      'pending',
    ]);
    expect([last.status, last.body.request?.state]).toEqual([200, 'approved']);
    expect(last.body.request.steps).toMatchObject([
      { decisions: [{ by: SUE }, { by: SAM }] },
    ]);
  });

  it('makes one grant of a thousand approvals at once, over two replicas', async () => {
    const crowd = Array.from({ length: 40 }, (_, n) => `crowd${n}`);
    bench.entities.push(...crowd.map(name => user(name, ['security'])));
    const jit = jitWith([write, managed]);
    const replicas = [
      await bench.replica({ jit }),
      await bench.replica({
        jit,
        knex: database.openBeside(bench.ledger.knex),
      }),
    ];
    const { request, leases } = await made(bench);
    await decide(bench, LEAD, request.id);
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) =>
        decide(
          replicas[n % 2],
          `user:default/${crowd[n % crowd.length]}`,
          request.id,
        ),
      ),
    );
    const granted = answers.filter(({ status }) => status === 200);
    const conflicts = answers.filter(({ status }) => status === 409);
    expect([granted.length, conflicts.length]).toEqual([1, 999]);
    for (const { body } of conflicts) {
      expect(body.error.message).toContain('is approved already');
    }
    expect(await bench.ledger.knex(TABLES.entitlements)).toHaveLength(1);
    const { body } = await bench.get(ADA, `/leases/${leases[0].id}/events`);
    expect(
      body.items.filter(
        ({ type }: { type: string }) => type === 'lease.approved',
      ),
    ).toHaveLength(1);
  });
});
