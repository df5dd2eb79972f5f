import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { RestBench } from '../__testUtils__/RestBench';
import { TABLES } from '../database/tables';
import { LeaseRecord } from '../leases/records';

jest.setTimeout(120_000);

const HOUR = 3_600_000;
const UNKNOWN = '11111111-2222-4333-8444-555555555555';

onBothDatabases('use, protection and cost over HTTP', database => {
  let bench: RestBench;

  beforeAll(async () => {
    bench = await RestBench.create(await database.open());
  });

  const environment = (given?: Partial<LeaseRecord>) =>
    bench.put({
      kind: 'infrastructure',
      provider: 'fake.ordered',
      idleAfterMs: HOUR / 2,
      idleWarnMs: HOUR / 12,
      protectMaximumMs: 72 * HOUR,
      price: { perHour: '0.12', currency: 'EUR', budget: '6.00' },
      ...given,
    });
  const iso = (at: number) => new Date(at).toISOString();
  const report = (id: string, token?: string) => {
    const call = bench.post('no token', `/leases/${id}/activity`);
    return token === undefined
      ? call
      : call.set('Authorization', `Bearer ${token}`);
  };
  /** The token in the line that is given out. */
  const tokenOf = async (id: string) => {
    const { status, body } = await bench.post(
      'ada',
      `/leases/${id}/credentials`,
    );
    expect(status).toBe(200);
    const { value } = body.credentials.forms.find(
      (form: { id: string }) => form.id === 'activity',
    );
    const [, token, url] = /Bearer ([\w-]{43})' '(\S+)'$/.exec(value)!;
    expect(url).toMatch(new RegExp(`/api/jit/v1/leases/${id}/activity$`));
    return token;
  };

  it('shows when it ends, and what it costs', async () => {
    const lease = await environment();
    const begun = lease.grantedAt!;
    const { body } = await bench.get('ada', `/leases/${lease.id}`);
    expect(body.lease).toMatchObject({
      idle: {
        afterMs: HOUR / 2,
        warnMs: HOUR / 12,
        endsAt: iso(begun + HOUR / 2),
      },
      protectableUntil: iso(begun + 72 * HOUR),
      cost: {
        perHour: '0.12',
        currency: 'EUR',
        budget: '6.00',
        endsAt: iso(begun + 50 * HOUR),
      },
    });
  });

  it('keeps a lease that is protected, whoever may say so, and lets go of it', async () => {
    const { id, grantedAt } = await environment();
    const until = iso(grantedAt! + 48 * HOUR);
    const protect = (caller: string, body: object) =>
      bench.post(caller, `/leases/${id}/protect`, body);
    const answer = await protect('ada', { until, why: 'Demo' });
    expect(answer.body.lease).toMatchObject({
      protectedUntil: until,
      expiresAt: until,
      idle: { endsAt: until },
      version: 2,
    });
    expect((await protect('operator', { until: null })).body.lease).toEqual(
      expect.not.objectContaining({ protectedUntil: expect.anything() }),
    );
    for (const [body, status, message] of [
      [{ until: iso(grantedAt! + 73 * HOUR) }, 400, 'until is later than'],
      [{ until: 'Friday' }, 400, 'until'],
      [{}, 400, 'until'],
      [{ until, for: 'ever' }, 400, 'for'],
    ] as const) {
      const refused = await protect('ada', body);
      expect(refused.status).toBe(status);
      expect(refused.body.error.message).toContain(message);
    }
    const plain = await environment({ protectMaximumMs: undefined });
    expect(
      (await bench.post('ada', `/leases/${plain.id}/protect`, { until }))
        .status,
    ).toBe(409);
  });

  it('takes reports of use by the lease’s own tokens, and knows nobody else', async () => {
    const { id } = await environment();
    const other = await environment();
    const first = await tokenOf(id);
    const theirs = await tokenOf(other.id);
    const second = await tokenOf(id);
    expect(new Set([first, second, theirs]).size).toBe(3);
    const { activityTokens } = await bench.lease(id);
    expect(activityTokens).toHaveLength(2);
    expect(JSON.stringify(await bench.lease(id))).not.toContain(first);

    for (const token of [first, second]) {
      await bench.change(id, { lastActivityAt: undefined });
      const answer = await report(id, token);
      expect([answer.status, Object.keys(answer.body)]).toEqual([200, ['now']]);
      expect((await bench.lease(id)).lastActivityAt).toBeLessThanOrEqual(
        Date.parse(answer.body.now),
      );
    }

    const wrong = await Promise.all([
      report(id),
      report(id, theirs),
      report(id, activityTokens![0]),
      report(UNKNOWN, first),
      report('no-id', first),
      bench
        .post('no token', `/leases/${id}/activity`)
        .set('Authorization', first),
    ]);
    expect(wrong.map(({ status }) => status)).toEqual(Array(6).fill(404));
    expect(new Set(wrong.map(({ body }) => body.error.message)).size).toBe(1);
    expect((await bench.lease(other.id)).lastActivityAt).toBeUndefined();

    await bench.change(id, { state: 'revoking' });
    expect((await report(id, first)).status).toBe(404);
  });

  it('takes a warning back, and takes reports only so often', async () => {
    const { id } = await environment();
    const token = await tokenOf(id);
    const now = await bench.ledger.clock.now(bench.ledger.knex);
    await bench.change(id, { idleWarnedAt: now - 1_000 });
    await bench.ledger
      .knex(TABLES.entitlements)
      .where({ id })
      .update({ next_at: null, turn_at: null });
    expect((await report(id, token)).status).toBe(200);
    const due = await bench.ledger
      .knex(TABLES.entitlements)
      .where({ id })
      .first();
    expect(Number(due.turn_at)).toBeGreaterThanOrEqual(now);

    const many = [];
    for (let n = 0; n < 60; n += 1) {
      many.push((await report(id, token)).status);
    }
    expect(many).toEqual([...Array(59).fill(200), 429]);
  });

  it('gives out no token where use makes no difference', async () => {
    const access = await bench.put();
    const { body } = await bench.post(
      'ada',
      `/leases/${access.id}/credentials`,
    );
    expect(
      body.credentials.forms.map((form: { id: string }) => form.id),
    ).toEqual(['password']);
    const early = await environment({ state: 'granting' });
    expect(
      (await bench.post('ada', `/leases/${early.id}/credentials`)).status,
    ).toBe(409);
  });
});
