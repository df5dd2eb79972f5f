import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { LeaseRecord } from '../leases/records';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;

onBothDatabases('a last copy', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open());
  });

  async function kept(given?: Partial<LeaseRecord>): Promise<LeaseRecord> {
    const { knex, clock } = bench.ledger;
    const now = await clock.now(knex);
    return await bench.put({
      state: 'revoking',
      endReason: 'expired',
      endedAt: now,
      keepMs: HOUR_MS,
      keptUntil: now + HOUR_MS,
      ...given,
    });
  }

  /** By Ada, who may have one lease of profile `read` and any number of `free`. */
  const restore = ({ id, profileId, entityRef }: LeaseRecord) =>
    bench.post('ada', '/requests', {
      leases: [{ profileId, entityRef, restores: id }],
      reason: 'OPS-1 fix',
    });

  it('is taken over by a new lease of its own subject, once', async () => {
    const copy = await kept({ profileId: 'free' });
    const { body: shown } = await bench.get('ada', `/leases/${copy.id}`);
    expect(shown.lease).toMatchObject({
      state: 'revoking',
      stuck: false,
      keptUntil: new Date(copy.keptUntil!).toISOString(),
    });
    expect(shown.lease.verifiedAt).toBeUndefined();

    const { status, body } = await restore(copy);
    expect({ status, body }).toMatchObject({ status: 201 });
    const [{ id }] = body.leases;
    const {
      entitlement_id: entitlementId,
      keep_ms: keepMs,
      restores,
    } = await bench.ledger.knex('jit_leases').where({ id }).first();
    // Its profile keeps nothing: what the copy holds is not lost when it cannot be granted.
    expect({ entitlementId, restores, keepMs: Number(keepMs) }).toEqual({
      entitlementId: copy.entitlementId,
      restores: copy.id,
      keepMs: HOUR_MS,
    });
    const { body: anew } = await bench.get('ada', `/leases/${id}`);
    expect(anew.lease.restores).toBe(copy.id);
    const again = await restore(copy);
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain('There is no last copy');
  });

  it('is none of what is no lease at all', async () => {
    const copy = await kept({ profileId: 'free' });
    for (const id of ["'; --", copy.requestId]) {
      expect((await restore({ ...copy, id })).status).toBe(409);
    }
  });

  it('counts against no limit, but the lease that takes it over does', async () => {
    const copy = await kept();
    expect((await restore(copy)).status).toBe(201);
    const another = await bench.post('ada', '/requests', {
      leases: [{ profileId: 'read', entityRef: ORDERS_DB }],
    });
    expect(another.status).toBe(409);
    expect(another.body.error.message).toContain('limits.perSubject');
  });

  it.each([
    ['is nobody else’s', { subject: 'user:default/somebody-else' }],
    ['is of its own profile', { profile_id: 'other' }],
    ['is of its own entity', { entity_ref: null }],
    ['is what it was', { parameters: '{"name":"writer"}' }],
    ['is there no more when its time is over', { kept_until: 1 }],
    ['is none of a lease that has ended', { state: 'revoked' }],
  ])('%s', async (_what, row) => {
    const copy = await kept();
    await bench.ledger.knex('jit_leases').where({ id: copy.id }).update(row);
    const { status, body } = await restore(copy);
    expect(status).toBe(409);
    expect(body.error.message).toContain(
      `There is no last copy of lease ${copy.id} for user:default/ada`,
    );
  });
});
