import {
  ask,
  beyond,
  BOB,
  catalog,
  crowded,
  glass,
  HOUR,
  jitWith,
  KIM,
  LEAD,
  SAM,
  write,
} from '../__testUtils__/approvalRules';
import { made } from '../__testUtils__/asking';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';

jest.setTimeout(60_000);

const emergency = (more: object = {}) =>
  ask('glass', { breakGlass: true, reason: 'all is on fire', ...more });

onBothDatabases('break-glass', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open(), {
      jit: jitWith([write, glass, crowded, beyond]),
      entities: catalog(),
    });
  });

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
    const { request, leases } = await made(bench, emergency(), KIM);
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
      target: bench.entities.find(
        ({ metadata }) => metadata.name === 'orders-db',
      ),
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
    const { leases } = await made(bench, emergency(), KIM);
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
    await made(bench, emergency(), KIM);
    const { body } = await bench.get(LEAD, `/leases/${id}/events`);
    expect(body.items.at(-1)).toMatchObject({
      type: 'lease.reviewed',
      actor: SAM,
      why: 'was right',
    });
  });
});
