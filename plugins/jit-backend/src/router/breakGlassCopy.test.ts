import { mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { JsonObject } from '@backstage/types';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import {
  ENTITIES,
  group,
  ORDERS_DB,
  TRUSTED,
  user,
} from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { readJitConfig } from '../config';
import { readCopy } from '../database/operations/breakGlass/readCopy';
import { TABLES } from '../database/tables';
import { copyBreakGlass } from '../tasks/copyBreakGlass';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const KIM = 'user:default/kim';
const ADA = 'user:default/ada';
const MALLORY = 'user:default/mallory';

const glass = {
  ...JIT_CONFIG.profiles[0],
  id: 'glass',
  title: 'In an emergency',
  deny: [{ group: 'group:default/contractors' }],
  breakGlass: { groups: ['group:default/sre'], reviewWithin: '24h' },
  onBehalf: { by: [{ group: 'group:default/sre' }] },
  approval: {
    steps: [
      { approvers: [{ group: 'group:default/security' }, { owner: true }] },
    ],
  },
};

/** What membership alone does not decide, and what was closed anyway. */
const CLOSED = [
  { targets: { trustedLocations: [TRUSTED] } },
  { targets: { entityRefs: [ORDERS_DB], filter: { kind: 'Resource' } } },
  { deny: [{ owner: true }] },
  {
    parameters: {
      name: { value: '${{ target.metadata.name }}', allow: ['orders-db'] },
    },
  },
  { deny: [{ group: 'group:default/missing' }] },
].map((more, index) => ({ ...glass, ...more, id: `closed-${index}` }));

const jit = {
  ...JIT_CONFIG,
  profiles: [...JIT_CONFIG.profiles, glass, ...CLOSED],
} as JsonObject;

onBothDatabases('break-glass', database => {
  let bench: RestBench;

  beforeEach(async () => {
    const entities = [
      ...ENTITIES,
      group('sre'),
      group('blue', 'sre'),
      group('security'),
      group('contractors'),
      user('kim', ['blue']),
      user('mallory', ['sre', 'contractors']),
      user('sam', ['security']),
    ];
    bench = await RestBench.create(await database.open(), { jit, entities });
    await bench.policy.profiles.refresh();
  });

  afterEach(() => jest.restoreAllMocks());

  const copy = () =>
    copyBreakGlass({
      ...bench.policy,
      config: readJitConfig(mockServices.rootConfig({ data: { jit } })),
      ledger: bench.ledger,
      logger: mockServices.logger.mock(),
    });

  /** The minute's look at the profiles sees it too. */
  async function loseCatalog(error: Error = new Error('away')): Promise<void> {
    jest.spyOn(bench.catalog, 'getEntitiesByRefs').mockRejectedValue(error);
    jest.spyOn(bench.catalog, 'getEntityByRef').mockRejectedValue(error);
    jest.spyOn(bench.catalog, 'queryEntities').mockRejectedValue(error);
    await bench.policy.profiles.refresh();
  }

  const breakGlass = (caller: string, more: object = {}, subject?: string) =>
    bench.post(caller, '/requests', {
      leases: [{ profileId: 'glass', entityRef: ORDERS_DB, ...more }],
      reason: 'all is on fire',
      breakGlass: true,
      subject,
    });

  /** As just before the grant. */
  const atGrant = (subject: string, more: object = {}) =>
    bench.policy.checker.check({
      pinned: bench.policy.profiles.pin({
        profileId: 'glass',
        target: bench.entities.find(
          ({ metadata }) => metadata.name === 'orders-db',
        ),
      }).content,
      subject,
      entityRef: ORDERS_DB,
      breakGlass: true,
      ...more,
    });

  it('lets in by the last copy while the catalog is away, and says so', async () => {
    const before = await bench.ledger.clock.now(bench.ledger.knex);
    await copy();
    await loseCatalog();
    // What was known stays known.
    bench.clock.advance(HOUR);
    await copy();
    const { status, body } = await breakGlass(KIM);
    expect(status).toBe(201);
    const [{ id: leaseId }] = body.leases;

    const { body: events } = await bench.get(KIM, `/leases/${leaseId}/events`);
    expect(events.items).toMatchObject([
      {
        data: {
          breakGlass: true,
          catalogAsOf: expect.stringContaining(
            new Date(before).toISOString().slice(0, 16),
          ),
        },
      },
      {
        why: expect.stringMatching(
          /^break-glass as member of group:default\/sre, by the catalog of .* UTC, which is away$/,
        ),
      },
    ]);
    const notices = (await bench.ledger.knex(TABLES.outbox).orderBy('id')).map(
      ({ notice }) => JSON.parse(notice),
    );
    expect(notices).toMatchObject([
      { to: 'operators' },
      { to: 'owners', target: { profileId: 'glass', entityRef: ORDERS_DB } },
      { to: ['group:default/security'] },
    ]);
  });

  it('counts before the grant as well, for an emergency alone', async () => {
    await copy();
    expect(await atGrant(KIM)).toMatchObject({ outcome: 'eligible' });
    await loseCatalog();
    expect(await atGrant(KIM)).toMatchObject({ outcome: 'eligible' });
    const unavailable = { outcome: 'unavailable' };
    expect(await atGrant(KIM, { breakGlass: false })).toMatchObject(
      unavailable,
    );
    expect(await atGrant(KIM, { needsProfile: true })).toMatchObject(
      unavailable,
    );
    expect(await atGrant(ADA)).toMatchObject(unavailable);
    expect(await atGrant(MALLORY)).toMatchObject(unavailable);
    bench.clock.advance(24 * HOUR);
    expect(await atGrant(KIM)).toMatchObject(unavailable);
  });

  it('lets nobody else in, nor anywhere else', async () => {
    await copy();
    await loseCatalog();
    expect((await breakGlass(ADA)).status).toBe(503);
    const denied = await breakGlass(MALLORY);
    expect([denied.status, denied.body.error.message]).toEqual([
      403,
      expect.stringContaining('denied to members of group:default/contractors'),
    ]);
    for (const { id: profileId } of CLOSED) {
      const { status, body } = await breakGlass(KIM, { profileId });
      expect([profileId, status, body.error.message]).toEqual([
        profileId,
        503,
        expect.stringContaining(`${profileId} is closed`),
      ]);
    }
    const entityRef = 'resource:evil/orders-db';
    expect((await breakGlass(KIM, { entityRef })).status).toBe(403);
    const forAda = await breakGlass(KIM, {}, ADA);
    expect([forAda.status, forAda.body.error.message]).toEqual([
      403,
      expect.stringContaining('only be broken for oneself'),
    ]);
    const plain = await bench.post(ADA, '/requests', {
      leases: [{ profileId: 'read', entityRef: ORDERS_DB }],
    });
    expect(plain.status).toBe(503);
    expect(await bench.ledger.knex(TABLES.leases)).toEqual([]);
  });

  it('offers what it would let in to, and nothing else', async () => {
    const offersTo = async (caller: string, query = '') => {
      const { status, body } = await bench.get(caller, `/profiles${query}`);
      return {
        status,
        message: body.error?.message,
        catalogAsOf: body.catalogAsOf,
        bundles: body.bundles,
        items: body.items?.map(
          (each: ProfileOffer) =>
            [each.profileId, each.entityRef, each.automatic] as const,
        ),
      };
    };
    const here = `?entityRef=${ORDERS_DB}`;
    await copy();
    // Remembered for offers in the next seconds, which stands in for no answer.
    expect(await offersTo(MALLORY, here)).toMatchObject({
      items: expect.arrayContaining([['read', undefined, true]]),
      catalogAsOf: undefined,
    });
    // By somebody else of the group: what she is offered is remembered for a moment.
    const usual = await bench.get(MALLORY, `/profiles${here}`);
    expect(usual.body.items).toContainEqual(
      expect.objectContaining({
        profileId: 'glass',
        onBehalf: { consent: true },
      }),
    );
    await loseCatalog();
    const { body } = await bench.get(KIM, `/profiles${here}`);
    expect(body.items[0]).not.toHaveProperty('onBehalf');
    expect(body).toMatchObject({
      catalogAsOf: expect.any(String),
      items: [
        {
          profileId: 'glass',
          refusal: expect.stringMatching(/^The catalog does not answer/),
          breakGlass: { reviewWithinMs: 24 * HOUR },
        },
      ],
    });
    bench.clock.advance(HOUR);
    for (const query of [here, '']) {
      expect(await offersTo(KIM, query)).toMatchObject({
        status: 200,
        bundles: [],
        items: [['glass', ORDERS_DB, false]],
      });
    }
    for (const [caller, query, why] of [
      [KIM, '?entityRef=resource:default/other', /nothing here/],
      [KIM, '?entityRef=resource:evil/orders-db', /nothing here/],
      [ADA, here, /was in no break-glass group/],
      [MALLORY, here, /nothing here/],
    ] as const) {
      expect(await offersTo(caller, query)).toMatchObject({
        status: 503,
        message: expect.stringMatching(why),
      });
    }
    bench.clock.advance(23 * HOUR);
    expect(await offersTo(KIM, here)).toMatchObject({ status: 503 });
  });

  it('leaves the owners of a target as they were', async () => {
    await copy();
    const first = await breakGlass(KIM);
    const owners = () => bench.ledger.knex(TABLES.targetOwners).pluck('ref');
    expect(await owners()).toEqual(['group:default/owners']);
    await bench.change(first.body.leases[0].id, { state: 'revoked' });
    await loseCatalog();
    expect((await breakGlass(KIM)).status).toBe(201);
    expect(await owners()).toEqual(['group:default/owners']);
  });

  it('believes no copy that is a day old, nor one that was never made', async () => {
    await loseCatalog();
    expect((await breakGlass(KIM)).status).toBe(503);
    jest.restoreAllMocks();
    await bench.policy.profiles.refresh();
    await copy();
    await loseCatalog();
    bench.clock.advance(24 * HOUR);
    expect((await breakGlass(KIM)).status).toBe(503);
  });

  it('takes a catalog that refuses or is empty at its word', async () => {
    await copy();
    const made = await readCopy(bench.ledger);
    const refusal = new Response('{}', { status: 403 });
    await loseCatalog(await ResponseError.fromResponse(refusal));
    expect((await breakGlass(KIM)).status).toBe(503);
    expect((await bench.get(KIM, '/profiles')).body).not.toHaveProperty(
      'items',
    );
    expect(await atGrant(KIM)).toMatchObject({ outcome: 'unavailable' });

    jest.restoreAllMocks();
    jest
      .spyOn(bench.catalog, 'getEntitiesByRefs')
      .mockImplementation(async ({ entityRefs }) => ({
        items: entityRefs.map(() => undefined),
      }));
    jest
      .spyOn(bench.catalog, 'queryEntities')
      .mockResolvedValue({ items: [], totalItems: 0, pageInfo: {} });
    const empty = await breakGlass(KIM);
    expect([empty.status, empty.body.error.message]).toEqual([
      503,
      expect.stringContaining('it holds no users at all'),
    ]);
    expect(await atGrant(KIM)).toMatchObject({ outcome: 'unavailable' });
    // Nor does it make anybody forgotten.
    bench.clock.advance(1_000);
    await copy();
    expect(await readCopy(bench.ledger)).toEqual(made);
  });

  it('forgets who has left as long as the catalog answers, and asks it first', async () => {
    await copy();
    const kim = bench.entities.find(({ metadata }) => metadata.name === 'kim')!;
    kim.relations = [];
    kim.spec = {};
    expect((await breakGlass(KIM)).status).toBe(403);
    bench.clock.advance(1_000);
    await copy();
    expect((await readCopy(bench.ledger))!.people).toEqual({
      [MALLORY]: ['group:default/contractors', 'group:default/sre'],
    });
    await loseCatalog();
    expect((await breakGlass(KIM)).status).toBe(503);
    expect(await atGrant(KIM)).toMatchObject({ outcome: 'unavailable' });
  });
});
