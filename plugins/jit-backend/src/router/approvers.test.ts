import {
  ADA,
  ask,
  BOB,
  BOSS,
  catalog,
  DUO,
  helped,
  HOUR,
  jitWith,
  LEAD,
  managed,
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
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';

jest.setTimeout(60_000);

onBothDatabases('who decides', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open(), {
      jit: jitWith([write, managed, helped]),
      entities: catalog(),
    });
  });

  it('lets nobody approve for themselves, nor twice, nor before it is their turn', async () => {
    const own = await made(bench, ask('write'), DUO);
    const self = await decide(bench, DUO, own.request.id);
    expect([self.status, self.body.error.message]).toEqual([
      403,
      expect.stringContaining('Nobody decides about what they ask for'),
    ]);
    expect(await waitingFor(bench, DUO)).toEqual([]);

    // Asked for her by a token, she is still who receives it.
    const forDuo = await made(
      bench,
      { ...ask('write'), subject: DUO },
      'create token',
    );
    expect((await decide(bench, DUO, forDuo.request.id)).status).toBe(403);

    const { request } = await made(bench);
    const { id } = request;
    expect((await decide(bench, SAM, id)).status).toBe(403);
    expect((await decide(bench, 'operator', id)).status).toBe(403);
    expect((await decide(bench, 'eve', id)).status).toBe(404);
    expect((await decide(bench, DUO, id)).status).toBe(200);
    const twice = await decide(bench, DUO, id);
    expect([twice.status, twice.body.error.message]).toEqual([
      409,
      expect.stringContaining('one person counts once'),
    ]);
    expect(await waitingFor(bench, DUO)).toEqual([]);
    const byService = await decide(bench, 'ada by a service', id);
    expect([byService.status, byService.body.error.message]).toEqual([
      403,
      expect.stringContaining('no service on behalf of one'),
    ]);
  });

  it('does not count an approver who has left by the last approval', async () => {
    const { request } = await made(bench);
    const { id } = request;
    await decide(bench, DUO, id);
    leave(bench, DUO);
    const refused = await decide(bench, SAM, id);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('owners of the target'),
    ]);
    await pendingOf(bench).refresh();
    expect(await waitingFor(bench, LEAD)).toEqual([id]);
    await decide(bench, LEAD, id);
    const done = await decide(bench, SAM, id);
    expect(done.body.request).toMatchObject({
      state: 'approved',
      steps: [{ decisions: [{ by: LEAD }] }, { decisions: [{ by: SAM }] }],
    });
  });

  it('asks the manager, and more people when the manager does not answer', async () => {
    const { request } = await made(bench, ask('managed'));
    const { id } = request;
    expect(request.steps[0].approvers).toEqual([BOSS]);
    await pendingOf(bench).refresh();
    expect(await waitingFor(bench, SAM)).toEqual([]);
    expect((await decide(bench, SAM, id)).status).toBe(404);
    bench.clock.advance(HOUR);
    await pendingOf(bench).refresh();
    expect(await waitingFor(bench, BOSS)).toEqual([id]);
    expect(await waitingFor(bench, SAM)).toEqual([id]);
    const done = await decide(bench, SAM, id);
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
    leave(bench, SAM);
    leave(bench, SUE);
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

    const { request } = await made(bench, forBob, LEAD);
    const { id } = request;
    expect(request).toMatchObject({
      requester: LEAD,
      subject: BOB,
      steps: [
        { state: 'open', rule: 'who receives it', approvers: [BOB] },
        { state: 'waiting', approvers: ['group:default/security'] },
      ],
    });
    expect(await waitingFor(bench, BOB)).toEqual([id]);
    expect(await waitingFor(bench, LEAD)).toEqual([]);
    expect((await decide(bench, LEAD, id)).status).toBe(403);
    expect((await decide(bench, SAM, id)).status).toBe(403);
    expect((await decide(bench, BOB, id)).body.request.state).toBe('pending');
    // Having agreed, he is still who receives it.
    expect((await decide(bench, BOB, id)).status).toBe(403);
    expect((await decide(bench, LEAD, id)).status).toBe(403);
    const done = await decide(bench, SAM, id);
    expect(done.body.leases).toMatchObject([
      { state: 'approved', requester: LEAD, subject: BOB },
    ]);
    // Eligible is who receives it, and not who asks.
    const forEve = { ...ask('helped'), subject: 'user:default/eve' };
    expect((await bench.post(LEAD, '/requests', forEve)).status).toBe(403);
  });
});
