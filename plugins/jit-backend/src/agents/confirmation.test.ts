import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JIT_CONFIG } from '../__testUtils__/jitConfig';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ENTITIES, group, ORDERS_DB, user } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';
import { PendingRequests } from '../requests/approval/PendingRequests';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const ADA = 'user:default/ada';
const BOB = 'user:default/bob';
const SUE = 'user:default/sue';

/** Ada is in security as well: she still has no say about what she receives. */
const entities: Entity[] = [
  ...ENTITIES.filter(({ metadata }) => metadata.name !== 'ada'),
  user('ada', ['orders', 'security']),
  user('sue', ['security']),
  group('security'),
];

const write = {
  ...JIT_CONFIG.profiles[0],
  id: 'write',
  title: 'Orders, write',
  approval: {
    steps: [{ approvers: [{ group: 'group:default/security' }] }],
  },
};

const ask = (profileId: string) => ({ profileId, entityRef: ORDERS_DB });

onBothDatabases('what an agent asks for in a person’s name', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open(), {
      entities,
      jit: { profiles: [...JIT_CONFIG.profiles, write] },
    });
  });

  const waitingFor = async (caller: string): Promise<string[]> => {
    const { body } = await bench.get(caller, '/requests?waitingFor=me');
    return body.items.map(({ id }: { id: string }) => id);
  };
  const decide = (
    caller: string,
    id: string,
    decision: string = 'approve',
    revision: number = 1,
  ) => bench.post(caller, `/requests/${id}/decisions`, { decision, revision });
  const asked = async (profileId: string = 'read') => {
    const { output } = await bench.act(
      'ada by a service',
      'request-access',
      ask(profileId),
    );
    return output!;
  };

  it('waits for the person, who alone confirms it', async () => {
    const { lease, waitsFor } = await asked();
    const { requestId } = lease;
    expect(lease.state).toBe('requested');
    expect(waitsFor).toContain(ADA);
    expect(await bench.ledger.knex(TABLES.entitlements)).toEqual([]);
    expect(await waitingFor(ADA)).toEqual([requestId]);
    expect(await waitingFor(BOB)).toEqual([]);
    const { body } = await bench.get(ADA, `/requests/${requestId}`);
    expect(body.request).toMatchObject({
      state: 'pending',
      via: 'plugin:scaffolder',
      lapsesAt: expect.any(String),
      steps: [{ state: 'open', consent: true, approvers: [ADA], count: 1 }],
    });

    // Not what acts for her, and nobody else.
    const agent = await decide('ada by a service', requestId);
    expect([agent.status, agent.body.error.message]).toEqual([
      403,
      expect.stringContaining('Only a person decides'),
    ]);
    expect((await decide(BOB, requestId)).status).toBe(404);
    expect((await decide('operator', requestId)).status).toBe(403);

    const confirmed = await decide(ADA, requestId);
    expect(confirmed.body).toMatchObject({
      request: { state: 'approved', steps: [{ state: 'done' }] },
      leases: [{ id: lease.id, state: 'approved' }],
    });
    expect(await bench.ledger.knex(TABLES.entitlements)).toHaveLength(1);
    expect((await decide(ADA, requestId)).status).toBe(409);
    const [first] = await bench.ledger.knex(TABLES.outbox);
    expect(JSON.parse(first.notice)).toMatchObject({
      to: [ADA],
      title: expect.stringContaining('in your name by plugin:scaffolder'),
    });
  });

  it('comes to nothing when the person denies it, or does not answer', async () => {
    const first = await asked();
    const denied = await decide(ADA, first.lease.requestId, 'deny');
    expect(denied.body.leases).toMatchObject([{ state: 'denied' }]);

    const second = await asked();
    bench.clock.advance(24 * HOUR + 1);
    await new PendingRequests({
      ...bench.policy,
      ledger: bench.ledger,
      logger: mockServices.logger.mock(),
    }).lapse();
    const { output } = await bench.act(ADA, 'describe-lease', {
      leaseId: second.lease.id,
    });
    expect(output?.lease.state).toBe('lapsed');
    expect((await decide(ADA, second.lease.requestId)).status).toBe(409);
  });

  it('is asked of approvers once the person has confirmed it', async () => {
    const { requestId } = (await asked('write')).lease;
    expect(await waitingFor(SUE)).toEqual([]);
    expect((await decide(SUE, requestId)).status).toBe(403);
    const confirmed = await decide(ADA, requestId);
    expect(confirmed.body.request.state).toBe('pending');
    expect(await waitingFor(ADA)).toEqual([]);
    expect((await decide(ADA, requestId)).status).toBe(403);
    expect(await waitingFor(SUE)).toEqual([requestId]);
    expect((await decide(SUE, requestId)).body.request.state).toBe('approved');
  });

  it('still waits for the person when the rules have changed under it', async () => {
    const { requestId } = (await asked()).lease;
    const [read, ...others] = JIT_CONFIG.profiles;
    bench = await RestBench.create(bench.ledger.knex, {
      entities,
      jit: { profiles: [{ ...read, title: 'Orders, newly' }, ...others] },
    });
    expect((await decide(ADA, requestId)).status).toBe(409);
    const { body } = await bench.get(ADA, `/requests/${requestId}`);
    expect(body.request).toMatchObject({
      revision: 2,
      steps: [{ state: 'open', consent: true }],
    });
    const confirmed = await decide(ADA, requestId, 'approve', 2);
    expect(confirmed.body.request.state).toBe('approved');
  });

  it('is granted at once where the profile lets agents ask', async () => {
    const { output } = await bench.act(ADA, 'request-access', {
      profileId: 'free',
      reason: 'OPS-1 fix',
    });
    expect(output?.lease.state).toBe('approved');
    expect(output?.waitsFor).toBeUndefined();
    // By the API it is the person who asks.
    const { body } = await bench.post(ADA, '/requests', {
      leases: [ask('read')],
    });
    expect(body.request.state).toBe('approved');
  });
});
