import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';

jest.setTimeout(60_000);

const ASK = { leases: [{ profileId: 'read', entityRef: ORDERS_DB }] };
const ASK_FREE = { leases: [{ profileId: 'free' }], reason: 'OPS-1 fix' };

onBothDatabases('stops', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open());
  });

  it('stops a person, a profile, a connection or a target until it is lifted', async () => {
    const [ada, bob] = await Promise.all([
      bench.put(),
      bench.put({ subject: 'user:default/bob', requester: 'user:default/bob' }),
    ]);
    const order = { subject: 'user:default/ada', why: 'Laptop stolen' };
    expect((await bench.post('ada', '/stop', order)).status).toBe(403);
    expect((await bench.post('operator', '/stop', { why: 'all' })).status).toBe(
      400,
    );

    const stopped = await bench.post('operator', '/stop', order);
    expect(stopped.body).toMatchObject({
      ended: 1,
      stop: { ...order, actor: 'user:default/pat' },
    });
    const again = await bench.post('operator', '/stop', order);
    expect(again.body).toMatchObject({
      ended: 0,
      stop: { id: stopped.body.stop.id },
    });
    const wish = async (id: string) =>
      (await bench.ledger.knex(TABLES.leases).where({ id }).first()).end_wish;
    expect(JSON.parse(await wish(ada.id))).toMatchObject({
      reason: 'stopped',
      why: 'Laptop stolen',
    });
    expect(await wish(bob.id)).toBeNull();

    const refused = await bench.post('ada', '/requests', ASK_FREE);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('Laptop stolen');
    expect((await bench.post('bob', '/requests', ASK_FREE)).status).toBe(201);

    const { id } = stopped.body.stop;
    expect((await bench.post('ada', `/stops/${id}/lift`)).status).toBe(403);
    expect((await bench.get('operator', '/stops')).body.items).toHaveLength(1);
    const lifted = await bench.post('operator', `/stops/${id}/lift`);
    expect(lifted.body.stop).toMatchObject({ liftedBy: 'user:default/pat' });
    expect((await bench.get('operator', '/stops')).body.items).toEqual([]);
    expect((await bench.post('ada', '/requests', ASK_FREE)).status).toBe(201);

    for (const scope of [
      { profileId: 'free' },
      { connection: 'main' },
      { entityRef: ORDERS_DB, profileId: 'read' },
    ]) {
      const { body } = await bench.post('operate token', '/stop', {
        ...scope,
        why: 'Maintenance',
        endLeases: false,
      });
      const asked =
        'profileId' in scope && scope.profileId === 'read' ? ASK : ASK_FREE;
      const answer = await bench.post('bob', '/requests', asked);
      expect([scope, answer.status]).toEqual([scope, 409]);
      await bench.post('operate token', `/stops/${body.stop.id}/lift`);
    }
  });

  it('ends more leases than fit into one transaction', async () => {
    await Promise.all(
      Array.from({ length: 205 }, () => bench.put({ profileId: 'free' })),
    );
    const { body } = await bench.post('operator', '/stop', {
      profileId: 'free',
      why: 'All of them',
      refuseNew: false,
    });
    expect(body).toMatchObject({ ended: 205 });
    expect(body.stop).toBeUndefined();
  });
});
