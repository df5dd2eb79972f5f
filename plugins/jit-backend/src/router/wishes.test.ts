import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { RestBench } from '../__testUtils__/RestBench';
import { fromRow } from '../database/columns';
import { eventColumns, TABLES } from '../database/tables';
import { LeaseEventRecord } from '../events/LeaseEventRecord';

jest.setTimeout(120_000);

const MINUTE = 60_000;

onBothDatabases('wishes on leases', database => {
  let bench: RestBench;

  beforeEach(async () => {
    bench = await RestBench.create(await database.open());
  });

  const historyHolds = async (id: string) => {
    const events: LeaseEventRecord[] = (
      await bench.ledger
        .knex(TABLES.events)
        .where({ lease_id: id })
        .orderBy('sequence')
    ).map((row: object) => fromRow(eventColumns, row as never));
    expect(
      bench.ledger.chain.verify(events, await bench.lease(id)),
    ).toBeUndefined();
    return events;
  };

  it('ends a lease by a wish, once, in whoever’s name it was', async () => {
    const own = await bench.put();
    const first = await bench.post(
      'ada by a service',
      `/leases/${own.id}/end`,
      {
        why: 'Done early',
      },
    );
    expect(first.body.lease).toMatchObject({
      state: 'active',
      version: 2,
      endAskedFor: {
        by: 'user:default/ada',
        reason: 'returned',
        at: new Date((await bench.lease(own.id)).endWish!.at).toISOString(),
      },
    });
    const again = await bench.post('operator', `/leases/${own.id}/end`);
    expect(again.body.lease.version).toBe(2);
    expect((await bench.lease(own.id)).endWish).toMatchObject({
      reason: 'returned',
      actor: 'user:default/ada',
      why: 'Done early',
    });
    expect(await historyHolds(own.id)).toMatchObject([
      {},
      {
        type: 'lease.end-asked',
        actor: 'user:default/ada',
        why: 'Done early',
        data: { reason: 'returned', via: 'plugin:scaffolder' },
      },
    ]);

    const other = await bench.put();
    await bench.post('owner', `/leases/${other.id}/end`);
    expect((await bench.lease(other.id)).endWish?.reason).toBe('ended');

    const ended = await bench.put({ state: 'revoked' });
    const late = await bench.post('ada', `/leases/${ended.id}/end`);
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringContaining('has ended already (revoked)'),
    ]);
    const leaving = await bench.put({ state: 'revoking' });
    expect((await bench.post('ada', `/leases/${leaving.id}/end`)).status).toBe(
      200,
    );
    expect((await bench.lease(leaving.id)).endWish).toBeUndefined();
  });

  it('shows how far a lease has come in the provider’s words, and no wish that nobody has', async () => {
    const { id } = await bench.put({
      state: 'revoking',
      note: 'Waiting for 2 volumes',
    });
    const { body } = await bench.get('ada', `/leases/${id}`);
    expect(body.lease).toMatchObject({ note: 'Waiting for 2 volumes' });
    expect(body.lease).not.toHaveProperty('endAskedFor');
  });

  it('ends a lease once however many ask at the same time', async () => {
    const { id } = await bench.put();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        bench.post(n % 2 ? 'ada' : 'operator', `/leases/${id}/end`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(await historyHolds(id)).toHaveLength(2);
  });

  it('extends as far and as often as the profile allows, never by less than asked', async () => {
    const { id, expiresAt } = await bench.put();
    const extend = (duration: unknown, key?: string) => {
      const test = bench.post('ada', `/leases/${id}/extend`, { duration });
      return key ? test.set('Idempotency-Key', key) : test;
    };
    for (const [duration, message] of [
      ['soon', 'duration is not a duration'],
      ['0m', 'duration must be more than zero'],
      ['5h', 'the extension of 4 hours, 30 minutes that is left'],
    ]) {
      const refused = await extend(duration);
      expect([refused.status, refused.body.error.message]).toEqual([
        400,
        expect.stringContaining(message),
      ]);
    }
    expect((await bench.lease(id)).version).toBe(1);

    const first = await extend('1h', 'k');
    expect(first.body.lease).toMatchObject({
      expiresAt: new Date(expiresAt! + 60 * MINUTE).toISOString(),
      extensionsLeft: 1,
    });
    expect((await extend('1h', 'k')).body).toEqual(first.body);
    expect((await extend({ hours: 2 })).body.lease.extensionsLeft).toBe(0);
    const third = await extend('1m');
    expect([third.status, third.body.error.message]).toEqual([
      409,
      expect.stringContaining('no further extension'),
    ]);
    expect(await historyHolds(id)).toHaveLength(3);

    const ending = await bench.put({
      subject: 'user:default/bob',
      requester: 'user:default/ada',
    });
    await bench.post('bob', `/leases/${ending.id}/end`);
    expect(
      (
        await bench.post('bob', `/leases/${ending.id}/extend`, {
          duration: '5m',
        })
      ).status,
    ).toBe(409);
  });

  it('extends before the expiry or not at all, by the database’s clock', async () => {
    const { id } = await bench.put();
    bench.clock.advance(30 * MINUTE - 5_000);
    const inTime = await bench.post('ada', `/leases/${id}/extend`, {
      duration: '10m',
    });
    expect(inTime.status).toBe(200);
    bench.clock.advance(10 * MINUTE + 5_000);
    const late = await bench.post('ada', `/leases/${id}/extend`, {
      duration: '10m',
    });
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringContaining('is not active'),
    ]);

    // Racing an expiry: whatever the answer, it is what the ledger holds.
    const racing = await bench.put({ extensionsLeft: 50 });
    const now = await bench.ledger.clock.now(bench.ledger.knex);
    await bench.change(racing.id, { expiresAt: now + 50 });
    const [answers] = await Promise.all([
      Promise.all(
        Array.from({ length: 10 }, () =>
          bench.post('ada', `/leases/${racing.id}/extend`, {
            duration: '1s',
          }),
        ),
      ),
      bench.ledger
        .knex(TABLES.leases)
        .where({ id: racing.id })
        .where('expires_at', '<=', now + 50)
        .where('expires_at', '<=', bench.ledger.clock.sql(bench.ledger.knex))
        .update({ state: 'revoking', version: 99 }),
    ]);
    const won = answers.filter(({ status }) => status === 200).length;
    expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(
      true,
    );
    const after = await bench.lease(racing.id);
    expect(after.extensionsLeft).toBe(50 - won);
    expect(after.expiresAt).toBe(now + 50 + won * 1_000);
    await historyHolds(racing.id);
  });

  it('gives credentials to the subject, not to be stored, ten times a minute', async () => {
    const { id } = await bench.put();
    const mint = () => bench.post('ada', `/leases/${id}/credentials`);
    const answer = await mint();
    expect(answer.body.credentials.forms).toEqual([
      { id: 'password', title: 'Password', value: 'pw-1' },
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(await bench.ledger.knex(TABLES.idempotency)).toEqual([]);

    const now = await bench.ledger.clock.now(bench.ledger.knex);
    const events = bench.ledger.chain.append(
      await bench.lease(id),
      Array.from({ length: 10 }, () => ({
        leaseId: id,
        type: 'credentials.issued',
        actor: 'user:default/ada',
      })),
      now,
    );
    for (const { leaseId, sequence, at, type, actor, keyId, hmac } of events) {
      await bench.ledger.knex(TABLES.events).insert({
        lease_id: leaseId,
        sequence,
        at,
        type,
        actor,
        key_id: keyId,
        hmac,
      });
    }
    const tooOften = await mint();
    expect([tooOften.status, tooOften.body.error.message]).toEqual([
      429,
      expect.stringContaining('10 times within a minute'),
    ]);
    expect(bench.engine.minted).toBe(1);
    // The minute is over in 60 seconds, less what this test took.
    bench.clock.advance(MINUTE / 2);
    const later = await mint();
    expect(later.status).toBe(429);
    expect(Number(later.header['retry-after'])).toBeGreaterThan(0);
    expect(Number(later.header['retry-after'])).toBeLessThanOrEqual(30);
    bench.clock.advance(MINUTE / 2 + 1);
    expect((await mint()).status).toBe(200);

    // Those on their way count as well.
    const other = await bench.put();
    let open = () => {};
    const gate = new Promise<void>(resolve => {
      open = resolve;
    });
    bench.engine.beforeMint = () => gate;
    let refused = 0;
    const many = await Promise.all(
      Array.from({ length: 15 }, async () => {
        const each = await bench.post('ada', `/leases/${other.id}/credentials`);
        refused += each.status === 429 ? 1 : 0;
        if (refused === 5) {
          open();
        }
        return each;
      }),
    );
    expect(many.map(({ status }) => status).sort()).toEqual([
      ...Array(10).fill(200),
      ...Array(5).fill(429),
    ]);

    const early = await bench.put({ state: 'granting' });
    expect(
      (await bench.post('ada', `/leases/${early.id}/credentials`)).status,
    ).toBe(409);
  });

  it('tries again when an operator says so', async () => {
    const { id } = await bench.put({
      state: 'revoking',
      endedAt: Date.now(),
      attempts: 7,
      retryAt: Date.now() + 60 * MINUTE,
    });
    await bench.ledger.knex(TABLES.entitlements).update({ next_at: null });
    const { body } = await bench.post('operator', `/leases/${id}/retry`);
    expect(body.lease).toMatchObject({ attempts: 7, stuck: true });
    const after = await bench.lease(id);
    expect(after.retryAt).toBeUndefined();
    const due = await bench.ledger
      .knex(TABLES.entitlements)
      .where({ id: after.entitlementId })
      .first();
    expect(Number(due.next_at)).toBe(after.nextActionAt);
    await historyHolds(id);
    const done = await bench.put({ state: 'revoked' });
    expect(
      (await bench.post('operator', `/leases/${done.id}/retry`)).status,
    ).toBe(409);
  });
});
