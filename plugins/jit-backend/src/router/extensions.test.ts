import {
  ADA,
  BOB,
  catalog,
  DUO,
  LEAD,
  SAM,
  SUE,
} from '../__testUtils__/approvalRules';
import { decide, pendingOf } from '../__testUtils__/asking';
import {
  active,
  asked,
  endOf,
  extend,
  EXTENSIBLE,
  historyOf,
  MINUTE,
  titlesOf,
} from '../__testUtils__/extending';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { user } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';

jest.setTimeout(120_000);

onBothDatabases('a later end', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open(), {
      jit: EXTENSIBLE,
      entities: catalog(),
    });
  });

  it('comes when people have approved it, and the old one stays until then', async () => {
    const lease = await active(bench);
    const { id, expiresAt: old = 0 } = lease;
    await bench.ledger.knex(TABLES.entitlements).update({ next_at: 9e15 });
    const answer = await extend(bench, id, { reason: 'OPS-2 not done' });
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
    const again = await extend(bench, id);
    expect([again.status, again.body.error.message]).toEqual([
      409,
      expect.stringContaining('waits for approval already'),
    ]);

    const less = await decide(bench, LEAD, request.id, { duration: '90m' });
    expect(less.body.request).toMatchObject({
      state: 'pending',
      revision: 2,
      extends: { durationMs: 90 * MINUTE },
    });
    expect((await decide(bench, SAM, request.id)).status).toBe(409);
    expect(await endOf(bench, id)).toBe(old);
    const last = await decide(bench, SAM, request.id, { revision: 2 });
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
    expect((await historyOf(bench, id)).slice(1)).toMatchObject([
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
    expect(await titlesOf(bench)).toEqual([
      'Your decision: 2 hours more of Orders, write for ada',
      'Your decision: 1 hour, 30 minutes more of Orders, write for ada',
      'Approved: 1 hour, 30 minutes more of Orders, write',
    ]);
    // What was approved is not a new cap: what is moved at once ends where it did.
    const next = await extend(bench, id, { duration: '1m' });
    expect(next.body.request.state).toBe('pending');
  });

  it('comes at once within the cap, and never by itself beyond it', async () => {
    const lease = await active(bench);
    const within = await extend(bench, lease.id, { duration: '10m' });
    expect(within.body.request).toBeUndefined();
    expect(await endOf(bench, lease.id)).toBe(lease.expiresAt! + 10 * MINUTE);
    await bench.change(lease.id, { expiresAt: lease.expiresAt });

    // Whom the rules grant a lease at once is asked about like anybody.
    const bobs = await active(bench, { requester: BOB, subject: BOB });
    await asked(bench, bobs.id, {}, BOB);

    const unstaffed = await bench.put({ extensibleUntil: lease.expiresAt });
    const refused = await extend(bench, unstaffed.id);
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      expect.stringContaining(
        'Orders, read only names nobody who approves a later end',
      ),
    ]);
    const fixed = await active(bench, {
      profileId: 'never',
      extensionsLeft: 0,
    });
    const no = await extend(bench, fixed.id);
    expect([no.status, no.body.error.message]).toEqual([
      409,
      expect.stringContaining('As it is has no later end by approval'),
    ]);
    const tooLong = await extend(bench, lease.id, { duration: '241m' });
    expect([tooLong.status, tooLong.body.error.message]).toEqual([
      400,
      'duration is longer than the 4 hours that people can approve at a time',
    ]);
    // Nor beyond what people may give: 4 hours, 1 at once, and half of one by approval.
    const bounded = await active(bench, {
      profileId: 'short',
      grantedAt: lease.grantedAt! - 290 * MINUTE,
      extensionsLeft: 0,
    });
    expect((await extend(bench, bounded.id, { duration: '11m' })).status).toBe(
      400,
    );
    await asked(bench, bounded.id, { duration: '9m' });
  });

  it('says in a dry run which it will be', async () => {
    const { id, expiresAt = 0 } = await active(bench);
    const dry = async (duration: string, caller?: string) =>
      (await extend(bench, id, { duration, dryRun: true }, caller)).body
        .preview;
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
      (await historyOf(bench, id)).map(({ type }: { type: string }) => type),
    ).toEqual(['lease.requested']);
    expect(await bench.ledger.knex(TABLES.requests)).toEqual([]);
    const others = await extend(bench, id, { dryRun: true }, 'eve');
    expect(others.status).toBe(404);
  });

  it('stays when it is denied, taken back, or nobody has decided by the end of the lease', async () => {
    const { id, expiresAt: old = 0 } = await active(bench);
    const denied = await asked(bench, id);
    await decide(bench, LEAD, denied.id, {
      decision: 'deny',
      comment: 'Enough',
    });
    const taken = await asked(bench, id);
    expect(
      (await bench.post(SAM, `/requests/${taken.id}/withdraw`)).status,
    ).toBe(403);
    const withdrawn = await bench.post(ADA, `/requests/${taken.id}/withdraw`);
    expect(withdrawn.body).toMatchObject({
      request: { state: 'withdrawn' },
      leases: [{ id, state: 'active' }],
    });
    expect((await decide(bench, LEAD, taken.id)).status).toBe(409);

    const lapsed = await asked(bench, id);
    await pendingOf(bench).lapse();
    expect(
      (await bench.get(ADA, `/requests/${lapsed.id}`)).body.request.state,
    ).toBe('pending');
    await bench.post(ADA, `/leases/${id}/end`);
    const late = await decide(bench, LEAD, lapsed.id);
    expect(late.status).toBe(200);
    const last = await decide(bench, SAM, lapsed.id);
    expect([last.status, last.body.error.message]).toEqual([
      409,
      expect.stringContaining('is being ended'),
    ]);
    await pendingOf(bench).lapse();
    const shown = await bench.get(ADA, `/requests/${lapsed.id}`);
    expect(shown.body).toMatchObject({
      request: { state: 'lapsed' },
      leases: [{ id, expiresAt: new Date(old).toISOString() }],
    });
    expect(shown.body.leases[0].extensionAsked).toBeUndefined();
    expect(
      (await historyOf(bench, id)).flatMap(
        ({ type, why }: { type: string; why?: string }) =>
          /extension-[^a]/.test(type) ? [[type, why]] : [],
      ),
    ).toEqual([
      ['lease.extension-denied', 'Enough'],
      ['lease.extension-withdrawn', 'Request withdrawn'],
      ['lease.extension-lapsed', 'The lease ended before people had decided'],
    ]);
    expect(
      (await titlesOf(bench)).filter(title => /^(Denied|Ended)/.test(title)),
    ).toEqual([
      'Denied: 2 hours more of Orders, write',
      'Ended before people had decided: 2 hours more of Orders, write',
    ]);
  });

  it('is honoured a second before the old one, and not after', async () => {
    const { id, expiresAt: old = 0 } = await active(bench);
    const other = await active(bench);
    bench.clock.advance(30 * MINUTE - 5_000);
    const inTime = await asked(bench, id);
    const late = await asked(bench, other.id);
    await decide(bench, LEAD, inTime.id);
    await decide(bench, LEAD, late.id);
    expect((await decide(bench, SAM, inTime.id)).status).toBe(200);
    expect(await endOf(bench, id)).toBe(old + 120 * MINUTE);
    bench.clock.advance(5_000);
    expect((await decide(bench, SAM, late.id)).status).toBe(409);
    expect(await endOf(bench, other.id)).toBe(other.expiresAt);
    await pendingOf(bench).lapse();
    const { body } = await bench.get(ADA, `/requests/${late.id}`);
    expect(body.request.state).toBe('lapsed');
  });

  it('is never an earlier one, whatever happened meanwhile', async () => {
    const { id, expiresAt = 0 } = await active(bench);
    const request = await asked(bench, id, { duration: '15m' });
    expect((await extend(bench, id, { duration: '10m' })).status).toBe(200);
    await decide(bench, LEAD, request.id);
    const less = await decide(bench, SAM, request.id, { duration: '10m' });
    expect([less.status, less.body.error.message]).toEqual([
      409,
      expect.stringContaining('there is nothing left to approve'),
    ]);
    expect(await endOf(bench, id)).toBe(expiresAt + 10 * MINUTE);
    // The end that was asked for, and not that much more than the one of now.
    expect((await decide(bench, SAM, request.id)).status).toBe(200);
    expect(await endOf(bench, id)).toBe(expiresAt + 15 * MINUTE);
    const start = await asked(bench, id);
    const later = await decide(bench, LEAD, start.id, {
      startsAt: new Date(expiresAt).toISOString(),
    });
    expect([later.status, later.body.error.message]).toEqual([
      400,
      expect.stringContaining('startsAt cannot be given'),
    ]);
  });

  it('is that of all parts of a bundle', async () => {
    const requestId = await bench.putRequest();
    const place = { id: 'fix', title: 'For a fix', parts: 2 };
    const common = { requestId, extensionsLeft: 0 };
    const second = await active(bench, {
      ...common,
      bundle: { ...place, part: 1 },
    });
    const first = await active(bench, {
      ...common,
      profileId: 'short',
      bundle: { ...place, part: 0 },
    });
    await bench.change(second.id, {
      expiresAt: first.expiresAt,
      grantedAt: first.grantedAt,
    });
    const request = await asked(bench, second.id, { duration: '1h' });
    expect(request).toMatchObject({
      leaseIds: [first.id, second.id],
      asked: [{ profileId: 'short' }, { profileId: 'write' }],
    });
    await decide(bench, LEAD, request.id);
    const { body } = await decide(bench, SAM, request.id);
    const to = new Date(first.expiresAt! + 60 * MINUTE).toISOString();
    expect(body.leases).toMatchObject([
      { id: first.id, expiresAt: to },
      { id: second.id, expiresAt: to },
    ]);
    const together = await asked(bench, first.id, { duration: '1h' });
    await decide(bench, LEAD, together.id);
    await bench.post(ADA, `/leases/${first.id}/end`);
    expect((await decide(bench, SAM, together.id)).status).toBe(409);
    expect(await endOf(bench, second.id)).toBe(Date.parse(to));
  });

  it('is one move by a hundred approvals at once, over two ledgers', async () => {
    const crowd = Array.from({ length: 20 }, (_, n) => `crowd${n}`);
    bench.entities.push(...crowd.map(name => user(name, ['security'])));
    const replicas = [
      await bench.replica({ jit: EXTENSIBLE }),
      await bench.replica({
        jit: EXTENSIBLE,
        knex: database.openBeside(bench.ledger.knex),
      }),
    ];
    const { id, expiresAt = 0 } = await active(bench);
    const both = await Promise.all(
      replicas.map(replica =>
        replica.post(ADA, `/leases/${id}/extend`, { duration: '2h' }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { request } = both.find(({ status }) => status === 200)!.body;
    await decide(bench, LEAD, request.id);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        decide(
          replicas[n % 2],
          `user:default/${crowd[n % crowd.length]}`,
          request.id,
        ),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter(status => status === 200)).toHaveLength(1);
    expect(statuses.filter(status => status === 409)).toHaveLength(99);
    expect(await endOf(bench, id)).toBe(expiresAt + 120 * MINUTE);
    expect(
      (await historyOf(bench, id)).filter(
        ({ type }: { type: string }) => type === 'lease.extended',
      ),
    ).toHaveLength(1);
  });
});
