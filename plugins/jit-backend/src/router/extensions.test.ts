import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import knexFactory from 'knex';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { ENTITIES, group, ORDERS_DB, user } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';
import { LeaseRecord } from '../leases/records';
import { PendingRequests } from '../requests/approval/PendingRequests';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MINUTE = 60_000;
const ADA = 'user:default/ada';
const BOB = 'user:default/bob';
const LEAD = 'user:default/olga';
const SAM = 'user:default/sam';
const SUE = 'user:default/sue';
const DUO = 'user:default/duo';
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
  approval: {
    auto: [{ user: BOB }],
    steps: [
      { approvers: [{ owner: true }] },
      { approvers: [{ group: 'group:default/security' }] },
    ],
    expires: '8h',
  },
};

const short = {
  ...write,
  id: 'short',
  title: 'Not for long',
  extension: { maximum: '1h', times: 2, byApproval: '30m' },
};

const never = {
  ...write,
  id: 'never',
  title: 'As it is',
  extension: { maximum: '1h', times: 2, byApproval: false },
};

const glass = {
  ...write,
  id: 'glass',
  title: 'In an emergency',
  deny: [{ user: 'user:default/mallory' }],
  breakGlass: { groups: ['group:default/sre'], reviewWithin: '24h' },
};

function jitWith(profiles: JsonObject[]): JsonObject {
  return {
    profiles: [...JIT_CONFIG.profiles, ...profiles] as JsonObject[],
    bundles: [{ id: 'fix', title: 'For a fix', parts: ['short', 'write'] }],
  };
}

const JIT = jitWith([write, short, never, glass]);

/** A catalog of one's own, to change. */
function catalog(): Entity[] {
  return [
    ...ENTITIES.filter(({ metadata }) => metadata.name !== 'ada'),
    user('ada', ['orders']),
    group('security'),
    group('sre'),
    user('sam', ['security']),
    user('sue', ['security']),
    user('kim', ['sre']),
    user('mallory', ['sre']),
    user('duo', ['orders', 'owners', 'security']),
  ];
}

it('runs on both databases', () => {
  expect(databases.eachSupportedId()).toHaveLength(2);
});

describe.each(databases.eachSupportedId())('a later end on %s', databaseId => {
  let bench: RestBench;
  let entities: Entity[];

  beforeEach(async () => {
    entities = catalog();
    bench = await RestBench.create(
      await databases.init(databaseId as TestDatabaseId),
      { jit: JIT, entities },
    );
  });

  const onSameLedger = (jit: JsonObject) =>
    RestBench.create(bench.ledger.knex, { jit, entities });

  /** For 30 minutes more, and 10 at once after that. */
  const active = async (
    given: Partial<LeaseRecord> = {},
  ): Promise<LeaseRecord> => {
    const now = await bench.ledger.clock.now(bench.ledger.knex);
    return await bench.put({
      profileId: 'write',
      reason: 'OPS-1 fix',
      grantedAt: now,
      expiresAt: now + 30 * MINUTE,
      extensibleUntil: now + 40 * MINUTE,
      ...given,
    });
  };

  const extend = (id: string, more: object = {}, caller: string = ADA) =>
    bench.post(caller, `/leases/${id}/extend`, { duration: '2h', ...more });

  const asked = async (id: string, more: object = {}, caller?: string) => {
    const answer = await extend(id, more, caller);
    expect([
      answer.status,
      answer.body.request?.state ?? answer.body.error.message,
    ]).toEqual([200, 'pending']);
    return answer.body.request;
  };

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

  const endOf = async (id: string): Promise<number> =>
    Date.parse((await bench.get(ADA, `/leases/${id}`)).body.lease.expiresAt);

  const historyOf = async (id: string) =>
    (await bench.get('operator', `/leases/${id}/events`)).body.items;

  const titles = async () =>
    (await bench.ledger.knex(TABLES.outbox)).map(
      ({ notice }) => JSON.parse(notice).title,
    );

  const pending = () =>
    new PendingRequests({
      ...bench.policy,
      ledger: bench.ledger,
      logger: mockServices.logger.mock(),
    });

  it('comes when people have approved it, and the old one stays until then', async () => {
    const lease = await active();
    const { id, expiresAt: old = 0 } = lease;
    await bench.ledger.knex(TABLES.entitlements).update({ next_at: 9e15 });
    const answer = await extend(id, { reason: 'OPS-2 not done' });
    expect(answer.status).toBe(200);
    const { request } = answer.body;
    const until = new Date(old + 120 * MINUTE).toISOString();
    expect(answer.body).toMatchObject({
      lease: {
        expiresAt: new Date(old).toISOString(),
        extensionAsked: {
          requestId: request.id,
          durationMs: 120 * MINUTE,
          until,
        },
        extensibleByApprovalMs: 240 * MINUTE,
      },
      request: {
        state: 'pending',
        requester: ADA,
        subject: ADA,
        reason: 'OPS-2 not done',
        lapsesAt: new Date(old).toISOString(),
        leaseIds: [id],
        extends: { leaseId: id, durationMs: 120 * MINUTE, until },
        asked: [{ leaseId: id, durationMs: 120 * MINUTE }],
        steps: [
          { state: 'open', rule: 'owners of the target' },
          { state: 'waiting', approvers: ['group:default/security'] },
        ],
      },
    });
    const waiting = await bench.get(LEAD, '/requests?waitingFor=me');
    expect(waiting.body.items).toMatchObject([{ id: request.id }]);
    expect((await bench.get(SUE, `/leases/${id}`)).status).toBe(200);
    expect((await bench.get('eve', `/leases/${id}`)).status).toBe(404);
    const again = await extend(id);
    expect([again.status, again.body.error.message]).toEqual([
      409,
      expect.stringContaining('waits for approval already'),
    ]);

    const less = await decide(LEAD, request.id, { duration: '90m' });
    expect(less.body.request).toMatchObject({
      state: 'pending',
      revision: 2,
      extends: { durationMs: 90 * MINUTE },
    });
    expect((await decide(SAM, request.id)).status).toBe(409);
    expect(await endOf(id)).toBe(old);
    const last = await decide(SAM, request.id, { revision: 2 });
    expect(last.body).toMatchObject({
      request: { state: 'approved' },
      leases: [
        {
          id,
          state: 'active',
          expiresAt: new Date(old + 90 * MINUTE).toISOString(),
          extensionsLeft: 2,
        },
      ],
    });
    expect(last.body.leases[0].extensionAsked).toBeUndefined();
    expect(await bench.ledger.knex(TABLES.leases)).toHaveLength(1);
    const [due] = await bench.ledger.knex(TABLES.entitlements);
    expect(Number(due.next_at)).toBeLessThan(9e15);
    expect((await historyOf(id)).slice(1)).toMatchObject([
      { type: 'lease.extension-asked', actor: ADA, why: 'OPS-2 not done' },
      { type: 'lease.approval-given', actor: LEAD },
      { type: 'lease.approval-given', actor: SAM },
      {
        type: 'lease.extended',
        actor: 'system:policy',
        why: expect.stringContaining(`approved by ${LEAD}, ${SAM}`),
        data: { requestId: request.id },
      },
    ]);
    expect(await titles()).toEqual([
      'Your decision: 2 hours more of Orders, write for ada',
      'Your decision: 1 hour, 30 minutes more of Orders, write for ada',
      'Approved: 1 hour, 30 minutes more of Orders, write',
    ]);
    // What was approved is not a new cap: what is moved at once ends where it did.
    const next = await extend(id, { duration: '1m' });
    expect(next.body.request.state).toBe('pending');
  });

  it('comes at once within the cap, and never by itself beyond it', async () => {
    const lease = await active();
    const within = await extend(lease.id, { duration: '10m' });
    expect(within.body.request).toBeUndefined();
    expect(await endOf(lease.id)).toBe(lease.expiresAt! + 10 * MINUTE);
    await bench.change(lease.id, { expiresAt: lease.expiresAt });

    // Whom the rules grant a lease at once is asked about like anybody.
    const bobs = await active({ requester: BOB, subject: BOB });
    await asked(bobs.id, {}, BOB);

    const unstaffed = await bench.put({ extensibleUntil: lease.expiresAt });
    const refused = await extend(unstaffed.id);
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      expect.stringContaining(
        'Orders, read only names nobody who approves a later end',
      ),
    ]);
    const fixed = await active({ profileId: 'never', extensionsLeft: 0 });
    const no = await extend(fixed.id);
    expect([no.status, no.body.error.message]).toEqual([
      409,
      expect.stringContaining('As it is has no later end by approval'),
    ]);
    const tooLong = await extend(lease.id, { duration: '241m' });
    expect([tooLong.status, tooLong.body.error.message]).toEqual([
      400,
      'duration is longer than the 4 hours that people can approve at a time',
    ]);
    // Nor beyond what people may give: 4 hours, 1 at once, and half of one by approval.
    const bounded = await active({
      profileId: 'short',
      grantedAt: lease.grantedAt! - 290 * MINUTE,
      extensionsLeft: 0,
    });
    expect((await extend(bounded.id, { duration: '11m' })).status).toBe(400);
    await asked(bounded.id, { duration: '9m' });
  });

  it('says in a dry run which it will be', async () => {
    const { id, expiresAt = 0 } = await active();
    const dry = async (duration: string, caller?: string) =>
      (await extend(id, { duration, dryRun: true }, caller)).body.preview;
    expect(await dry('10m')).toEqual({
      automatic: true,
      expiresAt: new Date(expiresAt + 10 * MINUTE).toISOString(),
    });
    expect(await dry('2h')).toMatchObject({
      automatic: false,
      approval: {
        steps: [
          { rule: 'owners of the target', people: [DUO, LEAD] },
          { approvers: ['group:default/security'] },
        ],
      },
    });
    // With the lease, in half an hour, and not in the 8 hours that people have for a new one.
    const { lapsesAfterMs } = (await dry('2h')).approval;
    expect(lapsesAfterMs).toBeGreaterThan(29 * MINUTE);
    expect(lapsesAfterMs).toBeLessThanOrEqual(30 * MINUTE);
    expect((await dry('5h')).refusal).toContain('longer than the 4 hours');
    expect(
      (await historyOf(id)).map(({ type }: { type: string }) => type),
    ).toEqual(['lease.requested']);
    expect(await bench.ledger.knex(TABLES.requests)).toEqual([]);
    const others = await extend(id, { dryRun: true }, 'eve');
    expect(others.status).toBe(404);
  });

  it('stays when it is denied, taken back, or nobody has decided by the end of the lease', async () => {
    const { id, expiresAt: old = 0 } = await active();
    const denied = await asked(id);
    await decide(LEAD, denied.id, { decision: 'deny', comment: 'Enough' });
    const taken = await asked(id);
    expect(
      (await bench.post(SAM, `/requests/${taken.id}/withdraw`)).status,
    ).toBe(403);
    const withdrawn = await bench.post(ADA, `/requests/${taken.id}/withdraw`);
    expect(withdrawn.body).toMatchObject({
      request: { state: 'withdrawn' },
      leases: [{ id, state: 'active' }],
    });
    expect((await decide(LEAD, taken.id)).status).toBe(409);

    const lapsed = await asked(id);
    await pending().lapse();
    expect(
      (await bench.get(ADA, `/requests/${lapsed.id}`)).body.request.state,
    ).toBe('pending');
    await bench.post(ADA, `/leases/${id}/end`);
    const late = await decide(LEAD, lapsed.id);
    expect(late.status).toBe(200);
    const last = await decide(SAM, lapsed.id);
    expect([last.status, last.body.error.message]).toEqual([
      409,
      expect.stringContaining('is being ended'),
    ]);
    await pending().lapse();
    const shown = await bench.get(ADA, `/requests/${lapsed.id}`);
    expect(shown.body).toMatchObject({
      request: { state: 'lapsed' },
      leases: [{ id, expiresAt: new Date(old).toISOString() }],
    });
    expect(shown.body.leases[0].extensionAsked).toBeUndefined();
    expect(
      (await historyOf(id)).flatMap(
        ({ type, why }: { type: string; why?: string }) =>
          /extension-[^a]/.test(type) ? [[type, why]] : [],
      ),
    ).toEqual([
      ['lease.extension-denied', 'Enough'],
      ['lease.extension-withdrawn', 'Request withdrawn'],
      ['lease.extension-lapsed', 'The lease ended before people had decided'],
    ]);
    expect(
      (await titles()).filter(title => /^(Denied|Ended)/.test(title)),
    ).toEqual([
      'Denied: 2 hours more of Orders, write',
      'Ended before people had decided: 2 hours more of Orders, write',
    ]);
  });

  it('is honoured a second before the old one, and not after', async () => {
    const { id, expiresAt: old = 0 } = await active();
    const other = await active();
    bench.clock.advance(30 * MINUTE - 5_000);
    const inTime = await asked(id);
    const late = await asked(other.id);
    await decide(LEAD, inTime.id);
    await decide(LEAD, late.id);
    expect((await decide(SAM, inTime.id)).status).toBe(200);
    expect(await endOf(id)).toBe(old + 120 * MINUTE);
    bench.clock.advance(5_000);
    expect((await decide(SAM, late.id)).status).toBe(409);
    expect(await endOf(other.id)).toBe(other.expiresAt);
    await pending().lapse();
    const { body } = await bench.get(ADA, `/requests/${late.id}`);
    expect(body.request.state).toBe('lapsed');
  });

  it('is approved by nobody for themselves, nor by a service', async () => {
    const { id } = await active({ requester: DUO, subject: DUO });
    const own = await asked(id, {}, DUO);
    expect((await decide(DUO, own.id)).status).toBe(403);
    // Asked for by who asked for the lease, it is for who receives it all the same.
    const { id: forAda } = await active({ requester: DUO });
    const onBehalf = await extend(forAda, {}, DUO);
    expect(onBehalf.status).toBe(403);
    const adas = await asked((await active()).id, {}, 'ada by a service');
    expect(adas.via).toBe('plugin:scaffolder');
    expect((await decide(ADA, adas.id)).status).toBe(403);
    expect((await decide('ada by a service', adas.id)).status).toBe(403);
    expect((await decide('operator', adas.id)).status).toBe(403);
    expect((await extend(id, {}, LEAD)).status).toBe(403);
  });

  it('is given to a broken glass by people alone', async () => {
    const { id, expiresAt = 0 } = await active({
      profileId: 'glass',
      requester: KIM,
      subject: KIM,
      breakGlass: true,
      reviewDueAt: 9e12,
      extensionsLeft: 0,
      extensibleUntil: undefined,
    });
    const request = await asked(id, { duration: '1m' }, KIM);
    await decide(LEAD, request.id);
    await decide(SAM, request.id);
    const { body } = await bench.get(KIM, `/leases/${id}`);
    expect(Date.parse(body.lease.expiresAt)).toBe(expiresAt + MINUTE);
    const denied = await active({
      profileId: 'glass',
      requester: 'user:default/mallory',
      subject: 'user:default/mallory',
      breakGlass: true,
      reviewDueAt: 9e12,
      extensionsLeft: 0,
    });
    const refused = await extend(denied.id, {}, 'user:default/mallory');
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('is denied to'),
    ]);
  });

  it('goes round again when its rules change under it, and is only of what the lease holds', async () => {
    const { id, expiresAt = 0 } = await active();
    const request = await asked(id);
    const changed = await onSameLedger(
      jitWith([{ ...write, whenIneligible: 'keep' }, short, never, glass]),
    );
    const round = await decide(LEAD, request.id, {}, changed);
    expect([round.status, round.body.error.message]).toEqual([
      409,
      expect.stringContaining('goes round again'),
    ]);
    const shown = await bench.get(LEAD, `/requests/${request.id}`);
    expect(shown.body.request).toMatchObject({
      revision: 2,
      changes: [{ profileId: 'write', field: 'whenIneligible' }],
    });
    await decide(LEAD, request.id, { revision: 2 }, changed);

    const others = await onSameLedger(
      jitWith([{ ...write, provider: 'fake.ordered' }, short, never, glass]),
    );
    const other = await decide(SAM, request.id, { revision: 2 }, others);
    expect([other.status, other.body.error.message]).toEqual([
      409,
      expect.stringContaining('gives something else by now'),
    ]);
    const gone = await onSameLedger({
      ...jitWith([short, never, glass]),
      bundles: [],
    });
    expect((await decide(SAM, request.id, { revision: 2 }, gone)).status).toBe(
      409,
    );
    expect(await endOf(id)).toBe(expiresAt);
    expect(
      (await decide(SAM, request.id, { revision: 2 }, changed)).status,
    ).toBe(200);
    expect(await endOf(id)).toBe(expiresAt + 120 * MINUTE);
  });

  it('is never an earlier one, whatever happened meanwhile', async () => {
    const { id, expiresAt = 0 } = await active();
    const request = await asked(id, { duration: '15m' });
    expect((await extend(id, { duration: '10m' })).status).toBe(200);
    await decide(LEAD, request.id);
    const less = await decide(SAM, request.id, { duration: '10m' });
    expect([less.status, less.body.error.message]).toEqual([
      409,
      expect.stringContaining('there is nothing left to approve'),
    ]);
    expect(await endOf(id)).toBe(expiresAt + 10 * MINUTE);
    // The end that was asked for, and not that much more than the one of now.
    expect((await decide(SAM, request.id)).status).toBe(200);
    expect(await endOf(id)).toBe(expiresAt + 15 * MINUTE);
    const start = await asked(id);
    const later = await decide(LEAD, start.id, {
      startsAt: new Date(expiresAt).toISOString(),
    });
    expect([later.status, later.body.error.message]).toEqual([
      400,
      expect.stringContaining('startsAt cannot be given'),
    ]);
  });

  it('is refused by what holds for everybody: a stop, eligibility, a catalog that is away', async () => {
    const { id } = await active();
    const request = await asked(id);
    await decide(LEAD, request.id);
    await bench.post('operator', '/stop', {
      profileId: 'write',
      why: 'all stop',
      endLeases: false,
    });
    const stopped = await decide(SAM, request.id);
    expect([stopped.status, stopped.body.error.message]).toEqual([
      409,
      expect.stringContaining('all stop'),
    ]);
    const { id: other } = await active();
    expect((await extend(other)).status).toBe(409);
    const [{ id: stop }] = (await bench.get('operator', '/stops')).body.items;
    await bench.post('operator', `/stops/${stop}/lift`);

    jest
      .spyOn(bench.catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('away'));
    expect((await extend(other)).status).toBe(503);
    expect((await decide(SAM, request.id)).status).toBe(503);
    jest.restoreAllMocks();

    entities.find(({ metadata }) => metadata.name === 'ada')!.relations = [];
    const ineligible = await decide(SAM, request.id);
    expect([ineligible.status, ineligible.body.error.message]).toEqual([
      409,
      expect.stringContaining('It cannot be granted any more'),
    ]);
  });

  it('is that of all parts of a bundle', async () => {
    const requestId = await bench.putRequest();
    const place = { id: 'fix', title: 'For a fix', parts: 2 };
    const common = { requestId, extensionsLeft: 0 };
    const second = await active({ ...common, bundle: { ...place, part: 1 } });
    const first = await active({
      ...common,
      profileId: 'short',
      bundle: { ...place, part: 0 },
    });
    await bench.change(second.id, {
      expiresAt: first.expiresAt,
      grantedAt: first.grantedAt,
    });
    const request = await asked(second.id, { duration: '1h' });
    expect(request).toMatchObject({
      leaseIds: [first.id, second.id],
      asked: [{ profileId: 'short' }, { profileId: 'write' }],
    });
    await decide(LEAD, request.id);
    const { body } = await decide(SAM, request.id);
    const to = new Date(first.expiresAt! + 60 * MINUTE).toISOString();
    expect(body.leases).toMatchObject([
      { id: first.id, expiresAt: to },
      { id: second.id, expiresAt: to },
    ]);
    const together = await asked(first.id, { duration: '1h' });
    await decide(LEAD, together.id);
    await bench.post(ADA, `/leases/${first.id}/end`);
    expect((await decide(SAM, together.id)).status).toBe(409);
    expect(await endOf(second.id)).toBe(Date.parse(to));
  });

  it('is one move by a hundred approvals at once, over two ledgers', async () => {
    const crowd = Array.from({ length: 20 }, (_, n) => `crowd${n}`);
    entities.push(...crowd.map(name => user(name, ['security'])));
    // SQLite has one connection, and one process.
    const isPostgres = databaseId !== 'SQLITE_3';
    const knex = isPostgres
      ? knexFactory(bench.ledger.knex.client.config)
      : bench.ledger.knex;
    const replicas = [
      await RestBench.create(bench.ledger.knex, { jit: JIT, entities }),
      await RestBench.create(knex, { jit: JIT, entities }),
    ];
    const { id, expiresAt = 0 } = await active();
    const both = await Promise.all(
      replicas.map(replica =>
        replica.post(ADA, `/leases/${id}/extend`, { duration: '2h' }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { request } = both.find(({ status }) => status === 200)!.body;
    await decide(LEAD, request.id);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        decide(
          `user:default/${crowd[n % crowd.length]}`,
          request.id,
          {},
          replicas[n % 2],
        ),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter(status => status === 200)).toHaveLength(1);
    expect(statuses.filter(status => status === 409)).toHaveLength(99);
    expect(await endOf(id)).toBe(expiresAt + 120 * MINUTE);
    expect(
      (await historyOf(id)).filter(
        ({ type }: { type: string }) => type === 'lease.extended',
      ),
    ).toHaveLength(1);
    if (isPostgres) {
      await knex.destroy();
    }
  });
});
