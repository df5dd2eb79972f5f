import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';

jest.setTimeout(120_000);

const MINUTE = 60_000;

const part = {
  connection: 'main',
  parameters: { name: 'reader' },
  eligible: [{ group: 'group:default/orders' }],
  duration: { default: '30m', maximum: '4h' },
  extension: { maximum: '2h', times: 2 },
};

const BUNDLED = {
  profiles: [
    ...JIT_CONFIG.profiles,
    { ...part, id: 'thing', title: 'A thing', provider: 'fake.ordered' },
    {
      ...part,
      id: 'access',
      title: 'Access to the thing',
      provider: 'fake.access',
      parameters: {
        name: {
          value: '${{ parts.thing.role }}',
          allow: { pattern: '[a-z]+' },
        },
      },
      duration: { maximum: '2h' },
      extension: { maximum: '1h', times: 1 },
      limits: { perSubject: 1 },
    },
  ],
  bundles: [
    { id: 'both', title: 'A thing with access', parts: ['thing', 'access'] },
  ],
};

const ASK = {
  bundleId: 'both',
  leases: [{ profileId: 'thing' }, { profileId: 'access' }],
};

onBothDatabases('bundles', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open(), { jit: BUNDLED });
  });

  const ask = async (changes: object = {}, caller: string = 'ada') =>
    await bench.post(caller, '/requests', { ...ASK, ...changes });

  it('offers a bundle with its parts, and no part that cannot stand alone', async () => {
    const { body } = await bench.get('ada', '/profiles');
    const ids = body.items.map((each: { profileId: string }) => each.profileId);
    expect(ids).toEqual(['free', 'named', 'thing']);
    expect(body.bundles).toMatchObject([
      {
        bundleId: 'both',
        title: 'A thing with access',
        duration: { defaultMs: 30 * MINUTE, maximumMs: 120 * MINUTE },
        extension: { maximumMs: 60 * MINUTE, times: 1 },
        automatic: true,
        parts: [{ profileId: 'thing' }, { profileId: 'access' }],
      },
    ]);
    expect(body.bundles[0].refusal).toBeUndefined();
    const eves = await bench.get('eve', '/profiles');
    expect(eves.body.bundles[0].refusal).toContain('is only for members of');
    const path = '/profiles?entityRef=resource:default/orders-db';
    expect((await bench.get('ada', path)).body.bundles).toEqual([]);
  });

  it('takes all parts in as one, in their order, with one duration', async () => {
    const tried = await ask({ dryRun: true });
    expect(tried.body.leases).toMatchObject([
      { profileId: 'thing', durationMs: 30 * MINUTE },
      { profileId: 'access', durationMs: 30 * MINUTE },
    ]);
    const [thing, access] = ASK.leases;
    const leases = [{ ...thing, duration: '2h' }, access];
    const made = await ask({ leases });
    expect(made.status).toBe(201);
    expect(made.body.leases).toMatchObject([
      {
        profileId: 'thing',
        durationMs: 120 * MINUTE,
        extensionsLeft: 1,
        bundle: { id: 'both', part: 1, parts: 2, waiting: false },
      },
      {
        profileId: 'access',
        durationMs: 120 * MINUTE,
        extensionsLeft: 1,
        parameters: { name: null },
        bundle: { id: 'both', part: 2, parts: 2, waiting: true },
      },
    ]);
    const shown = await bench.get('ada', `/requests/${made.body.request.id}`);
    expect(
      shown.body.leases.map((each: { profileId: string }) => each.profileId),
    ).toEqual(['thing', 'access']);

    // The limits of each part hold, and nothing is made of the others then.
    const again = await ask();
    expect([again.status, again.body.error.message]).toEqual([
      409,
      expect.stringContaining('access allows one lease per person'),
    ]);
    const [{ n }] = await bench.ledger.knex(TABLES.leases).count({ n: '*' });
    expect(Number(n)).toBe(2);
  });

  it.each<[string, object, number, string]>([
    ['unknown', { bundleId: 'none' }, 404, 'There is no bundle none'],
    [
      'in another order',
      { leases: [...ASK.leases].reverse() },
      400,
      'leases must be the parts of both in their order: thing, access',
    ],
    ['half', { leases: [ASK.leases[0]] }, 400, 'leases must be the parts of'],
    [
      'with two durations',
      { leases: ASK.leases.map(each => ({ ...each, duration: '1h' })) },
      400,
      'leases[1].duration cannot be given',
    ],
    [
      'for longer than a part allows',
      { leases: [{ ...ASK.leases[0], duration: '3h' }, ASK.leases[1]] },
      400,
      'leases[0].duration is longer than the maximum of 2 hours',
    ],
    [
      'by a part that cannot stand alone',
      { bundleId: undefined, leases: [ASK.leases[1]] },
      400,
      'can only be asked for as a part of both',
    ],
  ])('refuses a bundle %s', async (_name, changes, status, message) => {
    const answer = await ask(changes);
    expect([answer.status, answer.body.error.message]).toEqual([
      status,
      expect.stringContaining(message),
    ]);
  });

  it('moves the end of all parts or of none, and asks all to look when one is to end', async () => {
    const { body } = await ask();
    const [thing, access]: string[] = body.leases.map(
      ({ id }: { id: string }) => id,
    );
    const extend = async (id: string) =>
      await bench.post('ada', `/leases/${id}/extend`, { duration: '10m' });
    const endOf = async (id: string) =>
      (await bench.get('ada', `/leases/${id}`)).body.lease.expiresAt;
    const now = await bench.ledger.clock.now(bench.ledger.knex);
    const active = {
      state: 'active' as const,
      expiresAt: now + 30 * MINUTE,
      extensibleUntil: now + 180 * MINUTE,
    };

    // A part that is not there yet takes the end of the first one later.
    await bench.change(thing, active);
    expect((await extend(thing)).status).toBe(200);
    expect((await extend(access)).status).toBe(409);
    await bench.change(thing, { ...active, extensionsLeft: 1 });
    await bench.change(access, active);
    expect((await extend(access)).status).toBe(200);
    expect(await endOf(thing)).toBe(await endOf(access));
    expect(Date.parse(await endOf(thing))).toBe(now + 40 * MINUTE);

    await bench.change(thing, { ...active, extensionsLeft: 1 });
    await bench.change(access, { ...active, extensionsLeft: 0 });
    expect((await extend(thing)).status).toBe(409);
    expect(Date.parse(await endOf(thing))).toBe(active.expiresAt);

    const { knex } = bench.ledger;
    await knex(TABLES.entitlements).update({ next_at: 9e15, turn_at: 9e15 });
    await bench.post('ada', `/leases/${access}/end`);
    const due = await knex(TABLES.entitlements).where('next_at', '<', 9e15);
    expect(due.map(({ id }) => id).sort()).toEqual([thing, access].sort());
  });

  it('protects all parts that would end when they are not used, or none', async () => {
    const { body } = await ask();
    const [thing, access]: string[] = body.leases.map(
      ({ id }: { id: string }) => id,
    );
    const now = await bench.ledger.clock.now(bench.ledger.knex);
    const active = {
      state: 'active' as const,
      grantedAt: now,
      expiresAt: now + 180 * MINUTE,
      idleAfterMs: 10 * MINUTE,
      protectMaximumMs: 120 * MINUTE,
    };
    const until = new Date(now + 60 * MINUTE).toISOString();
    const protect = async (id: string, wish: object = { until }) =>
      await bench.post('ada', `/leases/${id}/protect`, wish);
    const protections = async () =>
      await Promise.all(
        [thing, access].map(
          async id =>
            (
              await bench.get('ada', `/leases/${id}`)
            ).body.lease.protectedUntil,
        ),
      );

    // Not used, the later part would end both, and cannot be protected yet.
    await bench.change(thing, active);
    await bench.change(access, { ...active, state: 'granting' });
    expect((await protect(thing)).status).toBe(409);
    await bench.change(access, { ...active, protectMaximumMs: 30 * MINUTE });
    const tooFar = await protect(thing);
    expect([tooFar.status, tooFar.body.error.message]).toEqual([
      400,
      expect.stringContaining('lets Access to the thing be protected'),
    ]);
    await bench.change(access, { ...active, protectMaximumMs: undefined });
    expect((await protect(thing)).status).toBe(409);
    expect(await protections()).toEqual([undefined, undefined]);

    await bench.change(access, active);
    expect((await protect(access)).status).toBe(200);
    expect(await protections()).toEqual([until, until]);
    expect((await protect(thing, { until: null })).status).toBe(200);
    expect(await protections()).toEqual([undefined, undefined]);

    // What nothing but the clock ends is left alone.
    await bench.change(access, {
      ...active,
      idleAfterMs: undefined,
      protectMaximumMs: undefined,
    });
    expect((await protect(thing)).status).toBe(200);
    expect(await protections()).toEqual([until, undefined]);
  });
});
