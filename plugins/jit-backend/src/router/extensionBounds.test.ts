import {
  ADA,
  catalog,
  DUO,
  glass,
  KIM,
  LEAD,
  SAM,
  write,
} from '../__testUtils__/approvalRules';
import { decide, leave } from '../__testUtils__/asking';
import {
  active,
  asked,
  endOf,
  extend,
  EXTENSIBLE,
  extensibleWith,
  MINUTE,
  never,
  short,
} from '../__testUtils__/extending';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { RestBench } from '../__testUtils__/RestBench';

jest.setTimeout(60_000);

onBothDatabases('a later end', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open(), {
      jit: EXTENSIBLE,
      entities: catalog(),
    });
  });

  it('is approved by nobody for themselves, nor by a service', async () => {
    const { id } = await active(bench, { requester: DUO, subject: DUO });
    const own = await asked(bench, id, {}, DUO);
    expect((await decide(bench, DUO, own.id)).status).toBe(403);
    // Asked for by who asked for the lease, it is for who receives it all the same.
    const { id: forAda } = await active(bench, { requester: DUO });
    const onBehalf = await extend(bench, forAda, {}, DUO);
    expect(onBehalf.status).toBe(403);
    const adas = await asked(
      bench,
      (
        await active(bench)
      ).id,
      {},
      'ada by a service',
    );
    expect(adas.via).toBe('plugin:scaffolder');
    expect((await decide(bench, ADA, adas.id)).status).toBe(403);
    expect((await decide(bench, 'ada by a service', adas.id)).status).toBe(403);
    expect((await decide(bench, 'operator', adas.id)).status).toBe(403);
    expect((await extend(bench, id, {}, LEAD)).status).toBe(403);
  });

  it('is given to a broken glass by people alone', async () => {
    const { id, expiresAt = 0 } = await active(bench, {
      profileId: 'glass',
      requester: KIM,
      subject: KIM,
      breakGlass: true,
      reviewDueAt: 9e12,
      extensionsLeft: 0,
      extensibleUntil: undefined,
    });
    const request = await asked(bench, id, { duration: '1m' }, KIM);
    await decide(bench, LEAD, request.id);
    await decide(bench, SAM, request.id);
    const { body } = await bench.get(KIM, `/leases/${id}`);
    expect(Date.parse(body.lease.expiresAt)).toBe(expiresAt + MINUTE);
    const denied = await active(bench, {
      profileId: 'glass',
      requester: 'user:default/mallory',
      subject: 'user:default/mallory',
      breakGlass: true,
      reviewDueAt: 9e12,
      extensionsLeft: 0,
    });
    const refused = await extend(bench, denied.id, {}, 'user:default/mallory');
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('is denied to'),
    ]);
  });

  it('goes round again when its rules change under it, and is only of what the lease holds', async () => {
    const { id, expiresAt = 0 } = await active(bench);
    const request = await asked(bench, id);
    const changed = await bench.replica({
      jit: extensibleWith([
        { ...write, whenIneligible: 'keep' },
        short,
        never,
        glass,
      ]),
    });
    const round = await decide(changed, LEAD, request.id);
    expect([round.status, round.body.error.message]).toEqual([
      409,
      expect.stringContaining('goes round again'),
    ]);
    const shown = await bench.get(LEAD, `/requests/${request.id}`);
    expect(shown.body.request).toMatchObject({
      revision: 2,
      changes: [{ profileId: 'write', field: 'whenIneligible' }],
    });
    await decide(changed, LEAD, request.id, { revision: 2 });

    const others = await bench.replica({
      jit: extensibleWith([
        { ...write, provider: 'fake.ordered' },
        short,
        never,
        glass,
      ]),
    });
    const other = await decide(others, SAM, request.id, { revision: 2 });
    expect([other.status, other.body.error.message]).toEqual([
      409,
      expect.stringContaining('gives something else by now'),
    ]);
    const gone = await bench.replica({
      jit: { ...extensibleWith([short, never, glass]), bundles: [] },
    });
    expect((await decide(gone, SAM, request.id, { revision: 2 })).status).toBe(
      409,
    );
    expect(await endOf(bench, id)).toBe(expiresAt);
    expect(
      (await decide(changed, SAM, request.id, { revision: 2 })).status,
    ).toBe(200);
    expect(await endOf(bench, id)).toBe(expiresAt + 120 * MINUTE);
  });

  it('is refused by what holds for everybody: a stop, eligibility, a catalog that is away', async () => {
    const { id } = await active(bench);
    const request = await asked(bench, id);
    await decide(bench, LEAD, request.id);
    await bench.post('operator', '/stop', {
      profileId: 'write',
      why: 'all stop',
      endLeases: false,
    });
    const stopped = await decide(bench, SAM, request.id);
    expect([stopped.status, stopped.body.error.message]).toEqual([
      409,
      expect.stringContaining('all stop'),
    ]);
    const { id: other } = await active(bench);
    expect((await extend(bench, other)).status).toBe(409);
    const [{ id: stop }] = (await bench.get('operator', '/stops')).body.items;
    await bench.post('operator', `/stops/${stop}/lift`);

    jest
      .spyOn(bench.catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('away'));
    expect((await extend(bench, other)).status).toBe(503);
    expect((await decide(bench, SAM, request.id)).status).toBe(503);
    jest.restoreAllMocks();

    leave(bench, ADA);
    const ineligible = await decide(bench, SAM, request.id);
    expect([ineligible.status, ineligible.body.error.message]).toEqual([
      409,
      expect.stringContaining('It cannot be granted any more'),
    ]);
  });
});
