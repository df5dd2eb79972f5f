import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { ORDERS_DB } from '../__testUtils__/people';
import { RestBench } from '../__testUtils__/RestBench';
import { signalConnection } from '../database/operations/connections/signalConnection';
import { readConnectionCondition } from '../database/operations/figures/readConnectionCondition';
import { listLeases } from '../database/operations/leases/listLeases';
import { openStopFor } from '../database/operations/stops/openStopFor';
import { TABLES } from '../database/tables';
import { LeaseRecord } from '../leases/records';
import { isStuck } from '../leases/stuck';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const RULES = { stuckAfterAttempts: 5, stuckAfterMs: 10 * MINUTE };

onBothDatabases('leases', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open());
  });

  /** What an export comes to. */
  const download = async (path: string) => {
    const { body, headers } = await bench
      .get('operator', path)
      .buffer(true)
      .parse((res, done) => {
        let all = '';
        res.on('data', chunk => {
          all += chunk;
        });
        res.on('end', () => done(null, all));
      });
    return { text: body as string, headers };
  };

  it('pages through leases while others are made', async () => {
    const at = await bench.ledger.clock.now(bench.ledger.knex);
    const ids: string[] = [];
    for (let n = 0; n < 25; n++) {
      // Many at the same instant: the id decides.
      const { id } = await bench.put({ requestedAt: at - Math.floor(n / 10) });
      ids.push(id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body, status } = await bench.get(
        'ada',
        `/leases?limit=4${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(status).toBe(200);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
      await bench.put({ requestedAt: at + 1_000 });
    } while (cursor);
    expect(seen).toHaveLength(25);
    expect([...seen].sort()).toEqual([...ids].sort());
  });

  it('shows how to reach what was granted, and not what the provider keeps for itself', async () => {
    const facts = { host: 'db.example.net', port: '5432' };
    const { id } = await bench.put({ facts, handle: { v: 1, key: 'inner' } });
    const { body } = await bench.get('ada', `/leases/${id}`);
    expect(body.lease.facts).toEqual(facts);
    expect(JSON.stringify(body)).not.toContain('inner');
  });

  it('shows an end that nobody could verify', async () => {
    const ended = await bench.put({ state: 'revoked', verified: false });
    const { body } = await bench.get('ada', `/leases/${ended.id}`);
    expect(body.lease).toMatchObject({ state: 'revoked', verified: false });
    const { id } = await bench.put({ state: 'revoked' });
    const other = await bench.get('ada', `/leases/${id}`);
    expect(other.body.lease).not.toHaveProperty('verified');
  });

  it('filters in the database, by what each caller sees', async () => {
    const bob = { subject: 'user:default/bob', requester: 'user:default/bob' };
    const ada = await bench.put();
    const free = await bench.put({ ...bob, profileId: 'free' });
    const forBob = await bench.put({ subject: 'user:default/bob' });
    const gone = await bench.put({ ...bob, state: 'revoked' });
    const evil = await bench.put({
      ...bob,
      entityRef: 'resource:evil/orders-db',
    });
    const list = async (caller: string, query: string = '') => {
      const { body } = await bench.get(caller, `/leases${query}`);
      return body.items.map(({ id }: { id: string }) => id).sort();
    };
    const sorted = (...leases: LeaseRecord[]) =>
      leases.map(({ id }) => id).sort();

    expect(await list('operator')).toEqual(
      sorted(ada, free, forBob, gone, evil),
    );
    expect(await list('ada')).toEqual(sorted(ada, forBob));
    expect(await list('bob')).toEqual(sorted(free, forBob, gone, evil));
    expect(await list('owner')).toEqual(sorted(ada, forBob, gone));
    // Whoever owns an entity that the profile does not name owns nothing.
    expect(await list('eve')).toEqual([]);

    expect(await list('ada', '?subject=me')).toEqual(sorted(ada));
    expect(await list('operator', '?state=revoked')).toEqual(sorted(gone));
    expect(await list('operator', '?state=revoked&state=active')).toHaveLength(
      5,
    );
    expect(await list('operator', `?entityRef=${ORDERS_DB}`)).toEqual(
      sorted(ada, forBob, gone),
    );
    expect(await list('operator', '?profileId=free&kind=access')).toEqual(
      sorted(free),
    );
    expect(await list('operator', '?subject=user:default/bob')).toHaveLength(4);
    expect(await list('operator', `?requestId=${ada.requestId}`)).toEqual(
      sorted(ada),
    );
    expect(await list('operator', '?connection=other')).toEqual([]);
  });

  it('calls stuck in a list what it calls stuck in a lease', async () => {
    const now = await bench.ledger.clock.now(bench.ledger.knex);
    const time = fc.integer({ min: -12, max: 12 }).map(n => now + n * MINUTE);
    const some = <T>(arbitrary: fc.Arbitrary<T>) =>
      fc.option(arbitrary, { nil: undefined });
    const leases = fc.sample(
      fc.record({
        state: fc.constantFrom(
          'requested' as const,
          'approved' as const,
          'granting' as const,
          'active' as const,
          'revoking' as const,
          'revoked' as const,
          'denied' as const,
        ),
        attempts: fc.integer({ min: 0, max: 6 }),
        startsAt: time,
        grantWithinMs: fc.constantFrom(MINUTE, 15 * MINUTE),
        grantDueAt: some(time),
        expiresAt: some(time),
        endedAt: some(time),
        aliveUntil: some(time),
      }),
      80,
    );
    for (const lease of leases) {
      await bench.put({ ...lease, id: randomUUID(), profileId: 'free' });
    }
    bench.clock.advance(0);
    for (const stuck of [true, false]) {
      const { items } = await listLeases(bench.ledger, {
        filter: { stuck: { stuck, rules: RULES } },
        page: { limit: 200 },
      });
      const after = await bench.ledger.clock.now(bench.ledger.knex);
      for (const lease of items) {
        expect([lease, isStuck(lease, after, RULES)]).toEqual([lease, stuck]);
      }
    }
    const all = await bench.get('operator', '/leases?limit=200&stuck=true');
    const not = await bench.get('operator', '/leases?limit=200&stuck=false');
    expect(all.body.items.length + not.body.items.length).toBe(80);
    expect(all.body.items.every((each: any) => each.stuck)).toBe(true);
    expect(not.body.items.some((each: any) => each.stuck)).toBe(false);
  });

  it('lists what lived in a period, whenever it was asked for', async () => {
    const at = (hour: number) =>
      Date.parse('2031-05-06T00:00:00Z') + hour * 3_600_000;
    const gone = {
      state: 'revoked',
      requestedAt: at(1),
      endedAt: at(3),
    } as const;
    const verified = await bench.put({ ...gone, verifiedAt: at(4) });
    const unverified = await bench.put({ ...gone, verified: false });
    const denied = await bench.put({
      state: 'denied',
      requestedAt: at(2),
      grantedAt: undefined,
    });
    const live = await bench.put({ requestedAt: at(2) });
    const list = async (from: number, to: number) => {
      const iso = (hour: number) => new Date(at(hour)).toISOString();
      const { body } = await bench.get(
        'operator',
        `/leases?from=${iso(from)}&to=${iso(to)}`,
      );
      return body.items.map(({ id }: { id: string }) => id).sort();
    };
    const sorted = (...leases: LeaseRecord[]) =>
      leases.map(({ id }) => id).sort();

    expect(await list(0, 1)).toEqual([]);
    expect(await list(1.5, 2)).toEqual(sorted(verified, unverified));
    expect(await list(2, 3)).toEqual(
      sorted(verified, unverified, denied, live),
    );
    expect(await list(3, 4)).toEqual(sorted(verified, unverified, live));
    expect(await list(4, 5)).toEqual(sorted(verified, live));
    expect(await list(5, 6)).toEqual(sorted(live));
    const { status, body } = await bench.get('operator', '/leases?from=once');
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining('from'),
    ]);
  });

  it('shows who is in to whoever may read the target', async () => {
    await bench.put({ breakGlass: true, reviewDueAt: 1 });
    await bench.put({
      subject: 'user:default/bob',
      profileId: 'hidden',
    });
    await bench.put({ subject: 'user:default/olga', state: 'revoked' });
    await bench.put({
      subject: 'user:default/eve',
      state: 'approved',
      grantedAt: undefined,
    });
    const { body } = await bench.get('eve', `/presence?entityRef=${ORDERS_DB}`);
    expect(body.items).toEqual([
      {
        subject: 'user:default/ada',
        profileTitle: 'Orders, read only',
        expiresAt: expect.any(String),
        breakGlass: true,
      },
    ]);
  });

  it('lists to the catalog what is there, or may still be, and neither how to reach it nor why', async () => {
    const environment = {
      kind: 'infrastructure',
      reason: 'For the surprise',
      facts: { host: 'db.internal' },
    } as const;
    const [active, revoking] = [
      await bench.put(environment),
      await bench.put({ ...environment, state: 'revoking' }),
    ];
    await bench.put();
    await bench.put({ ...environment, state: 'revoked' });
    await bench.put({ ...environment, profileId: 'hidden' });
    await bench.put({
      ...environment,
      state: 'granting',
      grantedAt: undefined,
    });
    const { body } = await bench.get('the catalog itself', '/environments');
    expect(body.items).toEqual(
      [active, revoking]
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map(({ id, grantedAt, expiresAt }) => ({
          leaseId: id,
          title: 'Orders, read only',
          profileId: 'read',
          provider: 'fake.access',
          entityRef: ORDERS_DB,
          requester: 'user:default/ada',
          grantedAt: new Date(grantedAt!).toISOString(),
          expiresAt: new Date(expiresAt!).toISOString(),
        })),
    );
  });

  it('tells operators how the connections and the queue are', async () => {
    await bench.put();
    await bench.put({ state: 'granting', attempts: 9 });
    await bench.put({ state: 'approved' });
    await bench.ledger
      .knex(TABLES.connections)
      .where({ name: 'main' })
      .update({
        failing_since: 1,
        last_error: 'main does not answer',
        paused_until: Date.now() + MINUTE,
      });
    await bench.ledger.knex(TABLES.connections).insert([
      { name: 'old', type: 'fake', concurrency: 1, slots: 1 },
      { name: 'forgotten', type: 'fake', concurrency: 1, slots: 1 },
    ]);
    await bench.put({ connection: 'old' });
    const providers = await bench.get('operator', '/providers');
    expect(providers.body.items).toEqual([
      {
        connection: 'main',
        type: 'fake',
        state: 'down',
        message: 'main does not answer',
        leases: 3,
        stuck: 1,
        pausedUntil: expect.any(String),
      },
      {
        connection: 'old',
        type: 'fake',
        state: 'missing',
        leases: 1,
        stuck: 0,
      },
    ]);
    const { body } = await bench.get('operator', '/stats');
    expect(body.stats).toEqual({
      unfinished: { active: 2, granting: 1, approved: 1 },
      stuck: 1,
      queue: { due: 1, oldestDueAt: expect.any(String) },
      breakGlass: { live: 0, undelivered: 0, unreviewed: 0, overdue: 0 },
      lastDay: { requested: 4, granted: 0, revoked: 0 },
    });
  });

  it('closes what is on a connection that was just seen to be away, and not for ever', async () => {
    const condition = () =>
      readConnectionCondition(bench.ledger, { name: 'main' });
    expect(await condition()).toEqual({ state: 'ok' });
    await signalConnection(bench.ledger, {
      connection: 'main',
      signal: { type: 'failed' },
      probeEveryMs: 5_000,
      message: 'main does not answer',
    });
    const away = { state: 'down', message: 'main does not answer' };
    expect(await condition()).toEqual(away);
    bench.clock.advance(20_000);
    expect(await condition()).toEqual(away);
    // No lease needs it, so nobody has tried it since.
    bench.clock.advance(20_000);
    expect(await condition()).toEqual({ state: 'ok' });
  });

  it('exports the whole trail in order, so that it can be checked', async () => {
    for (let n = 0; n < 30; n++) {
      const { id } = await bench.put();
      await bench.post('ada', `/leases/${id}/end`);
    }
    const { text, headers } = await download('/events/export');
    expect(headers['content-type']).toContain('application/x-ndjson');
    const lines = text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines.pop()).toEqual({ end: { events: 60 } });
    expect(lines).toHaveLength(60);
    expect(lines.map(({ at }) => at)).toEqual(
      lines.map(({ at }) => at).sort((a, b) => a - b),
    );
    const leases = new Set(lines.map(({ leaseId }) => leaseId));
    expect(leases.size).toBe(30);
    for (const id of leases) {
      const events = lines.filter(({ leaseId }) => leaseId === id);
      expect(
        bench.ledger.chain.verify(events, await bench.lease(id)),
      ).toBeUndefined();
    }
  });

  it('exports a period for a spreadsheet, with what each lease is about and nothing that would be computed', async () => {
    const { id } = await bench.put({ reason: '=1+1, "now"' });
    await bench.post('ada', `/leases/${id}/end`, { why: '@SUM(A1)' });
    const { text, headers } = await download('/events/export?format=csv');
    expect(headers['content-type']).toContain('text/csv');
    const [head, asked, ended, rest] = text.split('\r\n');
    expect(head).toMatch(/^at,leaseId,subject,profileId,entityRef,reason,/);
    expect(asked).toContain(
      `,${id},user:default/ada,read,${ORDERS_DB},"'=1+1, ""now""",1,lease.requested,`,
    );
    expect(ended).toContain(`,'@SUM(A1),`);
    expect(rest).toBe('');
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect(
      (await download(`/events/export?format=csv&from=${later}`)).text,
    ).toBe(`${head}\r\n`);
    const refused = await bench.get('ada', '/events/export?format=csv');
    expect(refused.status).toBe(403);
  });

  it('finds a stop for exactly what it names', async () => {
    const lease = {
      subject: 'user:default/ada',
      profileId: 'read',
      connection: 'main',
      entityRef: ORDERS_DB,
    };
    for (const scope of [
      { subject: 'user:default/ada' },
      { profileId: 'read', connection: 'main' },
      { entityRef: ORDERS_DB, subject: 'user:default/ada' },
    ]) {
      const { body } = await bench.post('operator', '/stop', {
        ...scope,
        why: 'x',
      });
      expect((await openStopFor(bench.ledger, lease))?.id).toBe(body.stop.id);
      for (const key of Object.keys(scope)) {
        const other = { ...lease, [key]: 'something:else/x' };
        expect(await openStopFor(bench.ledger, other)).toBeUndefined();
      }
      await bench.post('operator', `/stops/${body.stop.id}/lift`);
      expect(await openStopFor(bench.ledger, lease)).toBeUndefined();
    }
  });
});
