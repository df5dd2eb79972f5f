import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import knexFactory from 'knex';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import {
  ENTITIES,
  group,
  ORDERS_DB,
  TRUSTED,
  user,
} from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';
import { PendingRequests } from '../requests/approval/PendingRequests';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR = 3_600_000;
const LEAD = 'user:default/olga';
const SAM = 'user:default/sam';
const SUE = 'user:default/sue';
const BOSS = 'user:default/boss';
const DUO = 'user:default/duo';
const ADA = 'user:default/ada';
const BOB = 'user:default/bob';
const KIM = 'user:default/kim';

const write = {
  id: 'write',
  title: 'Orders, write',
  provider: 'fake.access',
  connection: 'main',
  parameters: { name: 'reader' },
  targets: { entityRefs: [ORDERS_DB] },
  eligible: [{ group: 'group:default/orders' }],
  duration: { default: '1h', maximum: '4h' },
  extension: { maximum: '1h', times: 2 },
  limits: { perSubject: 1 },
  approval: {
    auto: [{ user: 'user:default/bob' }],
    steps: [
      { approvers: [{ owner: true }] },
      { approvers: [{ group: 'group:default/security' }] },
    ],
    expires: '8h',
  },
};

const managed = {
  ...write,
  id: 'managed',
  title: 'By the manager',
  approval: {
    steps: [
      {
        approvers: [{ manager: true }],
        escalation: { after: '1h', to: [{ group: 'group:default/security' }] },
      },
    ],
  },
};

const helped = {
  ...write,
  id: 'helped',
  title: 'For others too',
  onBehalf: { by: [{ group: 'group:default/owners' }] },
  approval: {
    steps: [{ approvers: [{ group: 'group:default/security' }] }],
  },
};

const daily = {
  ...write,
  id: 'daily',
  title: 'By day',
  hours: { timezone: 'UTC', windows: ['Mon-Sun 08:00-18:00'] },
  approval: {
    steps: [{ approvers: [{ group: 'group:default/security' }] }],
  },
};

const glass = {
  ...write,
  id: 'glass',
  title: 'In an emergency',
  deny: [{ user: 'user:default/mallory' }],
  breakGlass: { groups: ['group:default/sre'], reviewWithin: '24h' },
};

const PEOPLE = {
  people: {
    trustedLocations: [TRUSTED],
    managerAnnotation: 'example.net/manager',
  },
};

const crowded = {
  ...glass,
  id: 'crowded',
  title: 'For one at a time',
  limits: { perProfile: 1 },
};

/** Beyond what the connection may ever touch. */
const beyond = {
  ...glass,
  id: 'beyond',
  title: 'Too much',
  parameters: {
    name: { value: '${{ parameters.name }}', allow: ['reader', 'writer'] },
  },
};

function jitWith(profiles: JsonObject[]): JsonObject {
  return {
    ...PEOPLE,
    profiles: [...JIT_CONFIG.profiles, ...profiles] as JsonObject[],
    bundles: [
      { id: 'fix', title: 'Everything for a fix', parts: ['read', 'write'] },
    ],
  };
}

/** A catalog of one's own, to change. */
function catalog(): Entity[] {
  const ada = user('ada', ['orders'], { 'example.net/manager': 'boss' });
  return [
    ...ENTITIES.filter(({ metadata }) => metadata.name !== 'ada'),
    ada,
    group('security'),
    group('blue', 'security'),
    user('sam', ['security']),
    user('sue', ['blue']),
    group('sre'),
    user('kim', ['sre']),
    user('mallory', ['sre']),
    user('boss', []),
    user('duo', ['orders', 'owners', 'security']),
  ];
}

const ask = (profileId: string, more: object = {}) => ({
  leases: [{ profileId, entityRef: ORDERS_DB }],
  ...more,
});

it('runs on both databases', () => {
  expect(databases.eachSupportedId()).toHaveLength(2);
});

describe.each(databases.eachSupportedId())('approvals on %s', databaseId => {
  let bench: RestBench;
  let entities: Entity[];

  const onSameLedger = (jit: JsonObject) =>
    RestBench.create(bench.ledger.knex, { jit, entities });

  beforeEach(async () => {
    entities = catalog();
    bench = await RestBench.create(
      await databases.init(databaseId as TestDatabaseId),
      {
        jit: jitWith([write, managed, helped, daily, glass, crowded, beyond]),
        entities,
      },
    );
  });

  async function made(body: object = ask('write'), caller: string = ADA) {
    const answer = await bench.post(caller, '/requests', body);
    expect(answer.status).toBe(201);
    return answer.body;
  }

  const decide = (
    caller: string,
    id: string,
    more: object = {},
    on: RestBench = bench,
  ) =>
    on.post(caller, `/requests/${id}/decisions`, {
      decision: 'approve',
      revision: 1,
      ...more,
    });

  const waitingFor = async (caller: string): Promise<string[]> => {
    const { body } = await bench.get(caller, '/requests?waitingFor=me');
    return body.items.map(({ id }: { id: string }) => id);
  };

  const pending = () =>
    new PendingRequests({
      ...bench.policy,
      ledger: bench.ledger,
      logger: mockServices.logger.mock(),
    });

  function leave(ref: string): void {
    const person = entities.find(
      ({ kind, metadata }) =>
        `${kind}:default/${metadata.name}`.toLowerCase() === ref,
    )!;
    person.relations = [];
  }

  it('grants when the steps have their people, one after the other', async () => {
    const { request, leases } = await made(ask('write', { reason: 'fix' }));
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
    expect(await waitingFor(LEAD)).toEqual([id]);
    expect(await waitingFor(SUE)).toEqual([]);
    expect(await waitingFor(ADA)).toEqual([]);
    expect((await bench.get(SUE, `/requests/${id}`)).status).toBe(200);
    expect((await bench.get('eve', `/requests/${id}`)).status).toBe(404);

    const first = await decide(LEAD, id, { comment: ' fine by me ' });
    expect([first.status, first.body.request.state]).toEqual([200, 'pending']);
    expect(await waitingFor(LEAD)).toEqual([]);
    expect(await waitingFor(SUE)).toEqual([id]);

    const second = await decide(SUE, id);
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
    const auto = await made(ask('write'), 'user:default/bob');
    expect(auto.request).toMatchObject({ state: 'approved', steps: [] });

    const { request, leases } = await made();
    const { id } = request;
    await decide(LEAD, id);
    const denied = await decide(SAM, id, { decision: 'deny', comment: 'No' });
    expect(denied.body).toMatchObject({
      request: { state: 'denied' },
      leases: [{ state: 'denied', endReason: 'denied' }],
    });
    const late = await decide(SUE, id);
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

  it('lets nobody approve for themselves, nor twice, nor before it is their turn', async () => {
    const own = await made(ask('write'), DUO);
    const self = await decide(DUO, own.request.id);
    expect([self.status, self.body.error.message]).toEqual([
      403,
      expect.stringContaining('Nobody decides about what they ask for'),
    ]);
    expect(await waitingFor(DUO)).toEqual([]);

    // Asked for her by a token, she is still who receives it.
    const forDuo = await made(
      { ...ask('write'), subject: DUO },
      'create token',
    );
    expect((await decide(DUO, forDuo.request.id)).status).toBe(403);

    const { request } = await made();
    const { id } = request;
    expect((await decide(SAM, id)).status).toBe(403);
    expect((await decide('operator', id)).status).toBe(403);
    expect((await decide('eve', id)).status).toBe(404);
    expect((await decide(DUO, id)).status).toBe(200);
    const twice = await decide(DUO, id);
    expect([twice.status, twice.body.error.message]).toEqual([
      409,
      expect.stringContaining('one person counts once'),
    ]);
    expect(await waitingFor(DUO)).toEqual([]);
    const byService = await decide('ada by a service', id);
    expect([byService.status, byService.body.error.message]).toEqual([
      403,
      expect.stringContaining('no service on behalf of one'),
    ]);
  });

  it('does not count an approver who has left by the last approval', async () => {
    const { request } = await made();
    const { id } = request;
    await decide(DUO, id);
    leave(DUO);
    const refused = await decide(SAM, id);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('owners of the target'),
    ]);
    await pending().refresh();
    expect(await waitingFor(LEAD)).toEqual([id]);
    await decide(LEAD, id);
    const done = await decide(SAM, id);
    expect(done.body.request).toMatchObject({
      state: 'approved',
      steps: [{ decisions: [{ by: LEAD }] }, { decisions: [{ by: SAM }] }],
    });
  });

  it('does not grant to who is no longer eligible, nor over a limit or a stop', async () => {
    const { request } = await made();
    const { id } = request;
    await decide(LEAD, id);
    const { id: live } = await bench.put({ profileId: 'read' });
    await bench.change(live, { profileId: 'write' });
    const over = await decide(SAM, id);
    expect([over.status, over.body.error.message]).toEqual([
      409,
      expect.stringContaining('limits.perSubject'),
    ]);
    await bench.change(live, { state: 'revoked' });
    const stop = await bench.post('operator', '/stop', {
      subject: ADA,
      why: 'lost laptop',
    });
    const stopped = await decide(SAM, id);
    expect(stopped.body.error.message).toContain('lost laptop');
    await bench.post('operator', `/stops/${stop.body.stop.id}/lift`);
    leave(ADA);
    const gone = await decide(SAM, id);
    expect([gone.status, gone.body.error.message]).toEqual([
      409,
      expect.stringContaining('cannot be granted any more'),
    ]);
    const shown = await bench.get(SAM, `/requests/${id}`);
    expect(shown.body.request.state).toBe('pending');
  });

  it('goes round again when its rules change under it, and says how', async () => {
    const { request, leases } = await made();
    const { id } = request;
    await decide(LEAD, id);
    const edited = await onSameLedger(
      jitWith([
        { ...write, title: 'Orders, all of it', duration: { maximum: '2h' } },
        managed,
      ]),
    );
    const changed = await decide(SAM, id, {}, edited);
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
    expect((await decide(LEAD, id, {}, edited)).status).toBe(409);
    await decide(LEAD, id, { revision: 2 }, edited);
    const done = await decide(SAM, id, { revision: 2 }, edited);
    expect(done.body.leases[0]).toMatchObject({
      state: 'approved',
      profileHash: body.leases[0].profileHash,
    });
  });

  it('lets approvers give less, and never more', async () => {
    const startsAt = new Date(Date.now() + HOUR).toISOString();
    const { request } = await made(ask('write', { startsAt }));
    const { id } = request;
    const longer = await decide(LEAD, id, { duration: '2h' });
    expect([longer.status, longer.body.error.message]).toEqual([
      400,
      expect.stringContaining('duration is longer than the 1 hour'),
    ]);
    const earlier = await decide(LEAD, id, {
      startsAt: new Date(Date.now() + HOUR / 2).toISOString(),
    });
    expect(earlier.status).toBe(400);
    const denial = await decide(LEAD, id, { decision: 'deny', duration: '1m' });
    expect(denial.status).toBe(400);

    const less = await decide(LEAD, id, { duration: '20m' });
    expect(less.body.request.revision).toBe(2);
    expect(less.body.leases[0].durationMs).toBe(HOUR / 3);
    expect((await decide(SAM, id)).status).toBe(409);
    const later = new Date(Date.now() + 2 * HOUR).toISOString();
    const done = await decide(SAM, id, { revision: 2, startsAt: later });
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
    const { request, leases } = await made();
    const other = await made(ask('managed'));
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
    expect((await decide(BOSS, other.request.id)).status).toBe(409);

    expect(await pending().lapse()).toBe(0);
    bench.clock.advance(8 * HOUR);
    const late = await decide(LEAD, request.id);
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringContaining('has lapsed'),
    ]);
    expect(await pending().lapse()).toBe(1);
    const shown = await bench.get(ADA, `/requests/${request.id}`);
    expect(shown.body).toMatchObject({
      request: { state: 'lapsed' },
      leases: [{ id: leases[0].id, state: 'lapsed' }],
    });
    expect(await waitingFor(LEAD)).toEqual([]);
  });

  it('asks the manager, and more people when the manager does not answer', async () => {
    const { request } = await made(ask('managed'));
    const { id } = request;
    expect(request.steps[0].approvers).toEqual([BOSS]);
    await pending().refresh();
    expect(await waitingFor(SAM)).toEqual([]);
    expect((await decide(SAM, id)).status).toBe(404);
    bench.clock.advance(HOUR);
    await pending().refresh();
    expect(await waitingFor(BOSS)).toEqual([id]);
    expect(await waitingFor(SAM)).toEqual([id]);
    const done = await decide(SAM, id);
    expect(done.body.request.state).toBe('approved');
  });

  it('says who would decide, and refuses what nobody could', async () => {
    const { body } = await bench.post(ADA, '/requests', {
      ...ask('write'),
      dryRun: true,
    });
    expect(body).toMatchObject({
      automatic: false,
      approval: {
        lapsesAfterMs: 8 * HOUR,
        steps: [
          {
            rule: 'owners of the target',
            count: 1,
            approvers: ['group:default/owners'],
            people: [DUO, LEAD],
          },
          { approvers: ['group:default/security'], people: [DUO, SAM, SUE] },
        ],
      },
    });
    expect(body.leases[0].refusal).toBeUndefined();
    const offers = await bench.get(ADA, `/profiles?entityRef=${ORDERS_DB}`);
    const offer = offers.body.items.find(
      ({ profileId }: { profileId: string }) => profileId === 'write',
    );
    expect(offer).toMatchObject({
      automatic: false,
      approval: [{ rule: 'owners of the target', count: 1 }, { count: 1 }],
    });

    // Duo has no manager, so nobody could ever say yes.
    const stuck = await bench.post(DUO, '/requests', ask('managed'));
    leave(SAM);
    leave(SUE);
    const short = await bench.post(DUO, '/requests', {
      ...ask('write'),
      dryRun: true,
    });
    expect(stuck.status).toBe(201);
    expect(short.body.leases[0].refusal).toContain(
      'there are not so many people',
    );
    expect((await bench.post(DUO, '/requests', ask('write'))).status).toBe(403);
  });

  it('grants a bundle when all of its parts are approved', async () => {
    const { request, leases } = await made({
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
    await decide(LEAD, request.id);
    const { body } = await decide(SAM, request.id);
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

  it('asks who receives it first, when somebody else asks', async () => {
    const forBob = { ...ask('helped'), subject: BOB };
    const refused = await bench.post('eve', '/requests', forBob);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('by members of group:default/owners only'),
    ]);
    expect(
      (await bench.post(LEAD, '/requests', { ...ask('write'), subject: BOB }))
        .status,
    ).toBe(403);

    const { request } = await made(forBob, LEAD);
    const { id } = request;
    expect(request).toMatchObject({
      requester: LEAD,
      subject: BOB,
      steps: [
        { state: 'open', rule: 'who receives it', approvers: [BOB] },
        { state: 'waiting', approvers: ['group:default/security'] },
      ],
    });
    expect(await waitingFor(BOB)).toEqual([id]);
    expect(await waitingFor(LEAD)).toEqual([]);
    expect((await decide(LEAD, id)).status).toBe(403);
    expect((await decide(SAM, id)).status).toBe(403);
    expect((await decide(BOB, id)).body.request.state).toBe('pending');
    // Having agreed, he is still who receives it.
    expect((await decide(BOB, id)).status).toBe(403);
    expect((await decide(LEAD, id)).status).toBe(403);
    const done = await decide(SAM, id);
    expect(done.body.leases).toMatchObject([
      { state: 'approved', requester: LEAD, subject: BOB },
    ]);
    // Eligible is who receives it, and not who asks.
    const forEve = { ...ask('helped'), subject: 'user:default/eve' };
    expect((await bench.post(LEAD, '/requests', forEve)).status).toBe(403);
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
    const late = await decide(SAM, id, { startsAt: startsAt(17.5) });
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringContaining(`that ends at ${startsAt(18)}`),
    ]);
    const shorter = await decide(SAM, id, {
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

  const emergency = (more: object = {}) =>
    ask('glass', { breakGlass: true, reason: 'all is on fire', ...more });

  it('lets whom it names in at once in an emergency, and tells everybody', async () => {
    expect((await bench.post(KIM, '/requests', ask('glass'))).status).toBe(403);
    const dry = await bench.post(KIM, '/requests', {
      ...emergency(),
      dryRun: true,
    });
    expect(dry.body).toMatchObject({
      automatic: true,
      breakGlass: { told: ['group:default/owners', 'group:default/security'] },
      leases: [{ profileId: 'glass' }],
    });
    const { request, leases } = await made(emergency(), KIM);
    expect(request).toMatchObject({
      state: 'approved',
      breakGlass: true,
      steps: [{ state: 'skipped' }, { state: 'skipped' }],
    });
    expect(leases).toMatchObject([
      {
        state: 'approved',
        extensionsLeft: 0,
        breakGlass: {
          reviewDueAt: new Date(
            Date.parse(leases[0].startsAt) + 25 * HOUR,
          ).toISOString(),
        },
      },
    ]);
    const notices = (await bench.ledger.knex(TABLES.outbox)).map(({ notice }) =>
      JSON.parse(notice),
    );
    expect(notices).toMatchObject([
      { to: 'operators', severity: 'critical', description: 'all is on fire' },
      {
        to: ['group:default/owners', 'group:default/security'],
        except: [KIM],
        severity: 'critical',
        title: 'Break-glass: In an emergency by kim',
      },
    ]);
    expect(notices.map(({ leaseId }) => leaseId)).toEqual([
      leases[0].id,
      leases[0].id,
    ]);
    // At the grant, she is looked at by the same rule.
    const pinned = bench.policy.profiles.pin({
      profileId: 'glass',
      target: entities.find(({ metadata }) => metadata.name === 'orders-db'),
    }).content;
    const question = { pinned, subject: KIM, entityRef: ORDERS_DB };
    const { checker } = bench.policy;
    expect(
      await checker.check({ ...question, breakGlass: true }),
    ).toMatchObject({ outcome: 'eligible' });
    expect(await checker.check(question)).toMatchObject({
      outcome: 'ineligible',
    });
    const offers = await bench.get(KIM, `/profiles?entityRef=${ORDERS_DB}`);
    const offered = offers.body.items.filter(
      (each: { breakGlass?: object }) => each.breakGlass,
    );
    expect(
      offered.map(({ profileId }: { profileId: string }) => profileId),
    ).toEqual(['glass', 'crowded', 'beyond']);
    expect(offered[0]).toMatchObject({
      refusal: expect.any(String),
      breakGlass: {},
    });
  });

  it.each([
    ['without a reason', KIM, { reason: undefined }, 400, 'reason is required'],
    ['by who is denied', 'user:default/mallory', {}, 403, 'is denied to'],
    [
      'by who is not named',
      'eve',
      {},
      403,
      'only for members of group:default/sre',
    ],
    ['for somebody else', KIM, { subject: BOB }, 403, 'for oneself'],
    ['for later', KIM, { startsAt: '2030-01-01T00:00:00Z' }, 400, 'startsAt'],
    ['by a service', 'ada by a service', {}, 403, 'no service on behalf'],
    ['by a token', 'create token', { subject: KIM }, 403, 'Only a person'],
    [
      'of what has none',
      KIM,
      { leases: [{ profileId: 'write', entityRef: ORDERS_DB }] },
      403,
      'has no break-glass',
    ],
    [
      'on a look-alike',
      KIM,
      {
        leases: [{ profileId: 'glass', entityRef: 'resource:evil/orders-db' }],
      },
      403,
      'is not for',
    ],
    [
      'for longer than anybody may',
      KIM,
      {
        leases: [{ profileId: 'glass', entityRef: ORDERS_DB, duration: '5h' }],
      },
      400,
      'longer than the maximum',
    ],
    [
      'beyond the ceiling of the connection',
      KIM,
      {
        leases: [
          {
            profileId: 'beyond',
            entityRef: ORDERS_DB,
            parameters: { name: 'writer' },
          },
        ],
      },
      403,
      'outside the ceiling of the connection main',
    ],
  ])('breaks no glass %s', async (_what, caller, more, status, message) => {
    const answer = await bench.post(caller, '/requests', emergency(more));
    expect([answer.status, answer.body.error.message]).toEqual([
      status,
      expect.stringContaining(message),
    ]);
  });

  it('breaks no glass over a limit', async () => {
    const crowd = emergency({
      leases: [{ profileId: 'crowded', entityRef: ORDERS_DB }],
    });
    const { id } = await bench.put({ profileId: 'read', subject: BOB });
    await bench.change(id, { profileId: 'crowded' });
    const full = await bench.post(KIM, '/requests', crowd);
    expect([full.status, full.body.error.message]).toEqual([
      409,
      expect.stringContaining('limits.perProfile'),
    ]);
    await bench.change(id, { state: 'revoked' });
    expect((await bench.post(KIM, '/requests', crowd)).status).toBe(201);
  });

  it('breaks the glass once at a time, and not again before others have looked', async () => {
    const { leases } = await made(emergency(), KIM);
    const [{ id }] = leases;
    const answers = await Promise.all(
      [1, 2, 3].map(() => bench.post(KIM, '/requests', emergency())),
    );
    for (const { status, body } of answers) {
      expect([status, body.error.message]).toEqual([
        409,
        expect.stringContaining('broken already'),
      ]);
    }
    expect(
      (await bench.post('operator', '/stop', { subject: KIM, why: 'x' })).body
        .ended,
    ).toBe(1);
    await bench.change(id, { state: 'revoked' });
    const stopped = await bench.post(KIM, '/requests', emergency());
    expect(stopped.body.error.message).toContain('Operators have stopped');
    const [{ id: stop }] = (await bench.get('operator', '/stops')).body.items;
    await bench.post('operator', `/stops/${stop}/lift`);

    const due = async () =>
      (await bench.get('operator', '/leases?reviewDue=true')).body.items.length;
    expect(await due()).toBe(1);
    bench.clock.advance(25 * HOUR + 1_000);
    const overdue = await bench.post(KIM, '/requests', emergency());
    expect([overdue.status, overdue.body.error.message]).toEqual([
      409,
      expect.stringContaining(`before lease ${id} is reviewed`),
    ]);
    const review = (caller: string) =>
      bench.post(caller, `/leases/${id}/review`, { comment: 'was right' });
    expect((await review(KIM)).status).toBe(403);
    expect((await review('eve')).status).toBe(404);
    const reviewed = await review(SAM);
    expect(reviewed.body.lease.breakGlass.reviewedBy).toBe(SAM);
    expect((await review(LEAD)).status).toBe(409);
    expect(await due()).toBe(0);
    await made(emergency(), KIM);
    const { body } = await bench.get(LEAD, `/leases/${id}/events`);
    expect(body.items.at(-1)).toMatchObject({
      type: 'lease.reviewed',
      actor: SAM,
      why: 'was right',
    });
  });

  it('decides nothing while the catalog is away', async () => {
    const { request } = await made();
    jest
      .spyOn(bench.catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('away'));
    expect((await decide(LEAD, request.id)).status).toBe(503);
    await pending().refresh();
    jest.restoreAllMocks();
    expect((await decide(LEAD, request.id)).status).toBe(200);
  });

  it('makes one grant of a thousand approvals at once, over two replicas', async () => {
    const crowd = Array.from({ length: 40 }, (_, n) => `crowd${n}`);
    entities.push(...crowd.map(name => user(name, ['security'])));
    // SQLite has one connection, and one process.
    const isPostgres = databaseId !== 'SQLITE_3';
    const knex = isPostgres
      ? knexFactory(bench.ledger.knex.client.config)
      : bench.ledger.knex;
    const jit = jitWith([write, managed]);
    const replicas = [
      await RestBench.create(bench.ledger.knex, { jit, entities }),
      await RestBench.create(knex, { jit, entities }),
    ];
    const { request, leases } = await made();
    await decide(LEAD, request.id);
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) =>
        decide(
          `user:default/${crowd[n % crowd.length]}`,
          request.id,
          {},
          replicas[n % 2],
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
    if (isPostgres) {
      await knex.destroy();
    }
  });
});
