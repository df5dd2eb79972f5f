import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import {
  CredentialIntent,
  JitProviderError,
  LeaseContext,
} from '@backstage-jit/plugin-jit-node';
import { EngineBench } from '../__testUtils__/EngineBench';
import { DEFAULT_ENGINE_SETTINGS } from '../config';
import { countLive } from '../database/operations/leases/countLive';
import { whereStuck } from '../database/operations/leases/whereStuck';
import { isStuck } from '../leases/stuck';
import { setTimeout as sleep } from 'node:timers/promises';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it('runs on both databases', () => {
  expect(databases.eachSupportedId().flat()).toEqual([
    'SQLITE_3',
    'POSTGRES_18',
  ]);
});

describe.each(databases.eachSupportedId())('the engine on %s', databaseId => {
  const bench = async (
    ...options: Parameters<typeof EngineBench.create> extends [
      unknown,
      ...infer Rest,
    ]
      ? Rest
      : never
  ) =>
    await EngineBench.create(
      await databases.init(databaseId as TestDatabaseId),
      ...options,
    );

  it('carries a lease from asked to gone, at the end and not before', async () => {
    const b = await bench();
    const engine = b.engine();
    const id = await b.ask();

    await b.work(engine);
    const active = await b.lease(id);
    expect(active.state).toBe('active');
    expect(active.expiresAt! - active.grantedAt!).toBe(30 * 60_000);
    const [thing] = await b.world.things();
    expect(thing.expiresAt).toBe(active.expiresAt! + 120_000);
    const facts = { system: 'main', name: thing.externalName, role: 'reader' };
    expect(active.facts).toEqual(facts);

    b.clock.advance(29 * 60_000);
    await b.work(engine);
    expect((await b.lease(id)).state).toBe('active');

    b.clock.advance(60_000);
    await b.work(engine);
    const ended = await b.lease(id);
    expect(ended).toMatchObject({ state: 'revoked', endReason: 'expired' });
    // The end and that it is gone; that a look followed the removal is no change of the lease.
    expect(ended.version).toBe(active.version + 2);
    expect(ended.verifiedAt).toBeGreaterThanOrEqual(ended.expiresAt!);
    expect(ended.facts).toEqual(facts);
    expect(await b.world.things()).toEqual([]);
    expect(await b.atRest()).toBe(true);
    expect(await b.story(id)).toEqual([
      'lease.requested',
      'lease.granting',
      'lease.active',
      'lease.expired',
      'lease.revoked',
    ]);
    await engine.stop();
  });

  it('ends by its timer what falls due after its look', async () => {
    const b = await bench();
    const engine = b.engine();
    const id = await b.ask();
    await b.work(engine);
    const { expiresAt = 0 } = await b.lease(id);
    const { knex, clock } = b.ledger;
    b.clock.advance(expiresAt - 300 - (await clock.now(knex)));
    await b.work(engine);

    // Nothing else wakes the engine here.
    while ((await b.lease(id)).state !== 'revoked') {
      await sleep(20);
    }
    const { verifiedAt } = await b.lease(id);
    expect(verifiedAt).toBeGreaterThanOrEqual(expiresAt);
    await engine.stop();
  });

  it('kills live sessions, and issues credentials only while the lease is active', async () => {
    const b = await bench();
    const engine = b.engine();
    const id = await b.ask();
    const actor = 'user:default/ada';
    await expect(engine.mint({ leaseId: id, actor })).rejects.toThrow(
      'is not active',
    );
    await b.work(engine);

    const { forms, expiresAt } = await engine.mint({ leaseId: id, actor });
    // Not later than the lease, though the outside end is.
    expect(Date.parse(expiresAt!)).toBe((await b.lease(id)).expiresAt);
    const [{ key }] = await b.world.things();
    const secret = forms[0].value;
    const { sessionId } = await b.world.signIn({ key, secret });
    expect(sessionId).toBeDefined();

    await b.wishEnd(id);
    await b.work(engine);
    expect(await b.lease(id)).toMatchObject({
      state: 'revoked',
      endReason: 'returned',
    });
    expect(await b.world.useSession({ sessionId: sessionId! })).toEqual({
      alive: false,
    });
    await expect(engine.mint({ leaseId: id, actor })).rejects.toThrow(
      'is not active',
    );
    expect(await b.story(id)).toContain('credentials.issued');
    const rows = JSON.stringify([
      await b.leases(),
      await b.ledger.knex('jit_events'),
      await b.ledger.knex('jit_outbox'),
    ]);
    expect(rows).not.toContain(secret);
    await engine.stop();
  });

  it('says that an end is not verified where nobody can look', async () => {
    const b = await bench({ provider: { looksAtAbsence: false } });
    const engine = b.engine();
    const id = await b.ask();
    await b.work(engine);
    await b.wishEnd(id);
    await b.work(engine);
    const ended = await b.lease(id);
    expect(ended).toMatchObject({ state: 'revoked', verified: false });
    expect(ended.verifiedAt).toBeUndefined();
    expect(await b.world.things()).toEqual([]);
    await engine.stop();
  });

  it('knows of credentials that live on by themselves before they can be out', async () => {
    const b = await bench();
    const intents: Array<{
      expiresAt?: number;
      now: number;
      landsUntil: number;
    }> = [];
    Object.assign(b.provider, {
      intendCredentials: (intent: CredentialIntent) => {
        const { lease, handle, now, landsUntil } = intent;
        intents.push({ expiresAt: lease.expiresAt, now, landsUntil });
        return { ...handle, v: 7, outUntil: landsUntil };
      },
    });
    let id = '';
    const inLedger: unknown[] = [];
    const engine = b.engine({
      failpoint: async (name, { operation }) => {
        if (name === 'intent-committed' && operation === 'mint') {
          inLedger.push((await b.lease(id)).handle);
        }
      },
    });
    id = await b.ask();
    await b.work(engine);
    const clock = () => b.ledger.clock.now(b.ledger.knex);
    const before = await clock();
    await engine.mint({ leaseId: id, actor: 'user:default/ada' });
    const after = await clock();

    const { expiresAt, handle } = await b.lease(id);
    expect(intents).toHaveLength(1);
    const [{ now, landsUntil, ...rest }] = intents;
    expect(rest).toEqual({ expiresAt });
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(after);
    expect(landsUntil - now).toBe(DEFAULT_ENGINE_SETTINGS.callTimeoutMs);
    expect(inLedger).toEqual([
      expect.objectContaining({ v: 7, outUntil: landsUntil }),
    ]);
    expect(handle).toEqual(inLedger[0]);
    await engine.stop();
  });

  it('keeps a shared thing for the last lease on it, and what was held before for ever', async () => {
    const b = await bench({ provider: { shared: true, marks: false } });
    const engine = b.engine();
    const first = await b.ask({ durationMs: 10 * 60_000 });
    const second = await b.ask({ durationMs: 20 * 60_000 });
    await b.work(engine);
    expect(await b.world.things()).toHaveLength(1);

    b.clock.advance(11 * 60_000);
    await b.work(engine);
    expect(await b.lease(first)).toMatchObject({
      state: 'revoked',
      kept: 'shared',
    });
    const [thing] = await b.world.things();
    b.clock.advance(10 * 60_000);
    await b.work(engine);
    expect((await b.lease(second)).state).toBe('revoked');
    expect(await b.world.things()).toEqual([]);

    await b.world.placeThing({ thing: { ...thing, mark: undefined } });
    const third = await b.ask({ durationMs: 60_000 });
    await b.run([engine], async () => await b.atRest());
    expect(await b.lease(third)).toMatchObject({
      state: 'revoked',
      kept: 'held-before',
    });
    expect(await b.world.things()).toHaveLength(1);
    await engine.stop();
  });

  it('waits for a connection that is away, says why, and spends no attempt on it', async () => {
    const b = await bench();
    const engine = b.engine();
    const id = await b.ask();
    await b.world.setCondition({ condition: { down: true } });
    await b.run([engine], async () => Boolean((await b.lease(id)).lastError), {
      steps: 5,
    });
    expect(await b.lease(id)).toMatchObject({
      state: 'granting',
      attempts: 0,
      lastError: { class: 'connection' },
    });
    await b.world.setCondition({ condition: { down: false } });
    await b.run([engine], async () => (await b.lease(id)).state === 'active', {
      steps: 5,
    });

    await b.world.setCondition({ condition: { down: true } });
    b.clock.advance(31 * 60_000);
    await b.work(engine);
    b.clock.advance(3_600_000);
    await b.work(engine);
    expect(await b.lease(id)).toMatchObject({ state: 'revoking', attempts: 0 });
    await b.world.setCondition({ condition: { down: false } });
    await b.run([engine], async () => await b.atRest(), { steps: 5 });
    expect((await b.lease(id)).state).toBe('revoked');
    await engine.stop();
  });

  it('writes nothing off: not when the config lost the connection, nor when it leads elsewhere', async () => {
    const b = await bench();
    const engine = b.engine();
    const id = await b.ask();
    await b.work(engine);
    await b.world.repoint({ from: 'main', to: 'other' });
    b.clock.advance(31 * 60_000);

    const unconfigured = b.engine({ configured: false });
    await b.run([unconfigured], async () => (await b.lease(id)).attempts >= 5);
    expect(await b.lease(id)).toMatchObject({
      state: 'revoking',
      lastError: { message: expect.stringContaining('not in the config') },
    });

    const elsewhere = b.engine();
    await b.run([elsewhere], async () =>
      /another system/.test((await b.lease(id)).lastError!.message),
    );
    expect((await b.lease(id)).state).toBe('revoking');

    await b.world.repoint({ from: 'main', to: 'main' });
    const mended = b.engine();
    await b.run([mended], async () => await b.atRest());
    expect((await b.lease(id)).state).toBe('revoked');
    expect(await b.world.things()).toEqual([]);
    await Promise.all(
      [engine, unconfigured, elsewhere, mended].map(each => each.stop()),
    );
  });

  it('takes over from a worker that died in a call, and counts nothing absent before that call can land no more', async () => {
    const b = await bench();
    let died = () => {};
    const dead = new Promise<void>(resolve => {
      died = resolve;
    });
    const doomed = b.engine({
      failpoint: async (name, { operation }) => {
        if (name === 'intent-committed' && operation === 'grant') {
          died();
          await new Promise(() => {});
        }
      },
    });
    const id = await b.ask();
    await doomed.tick();
    await dead;

    const heir = b.engine();
    await b.work(heir);
    expect((await b.lease(id)).state).toBe('granting');
    await b.wishEnd(id);
    b.clock.advance(9_000);
    await b.work(heir);
    expect((await b.lease(id)).state).toBe('granting');
    await b.run([heir], async () => await b.atRest());
    const ended = await b.lease(id);
    expect(ended).toMatchObject({ state: 'revoked', endReason: 'returned' });
    await heir.stop();
  });

  it('denies whom the catalog does not let have it, and grants nobody while it cannot be asked', async () => {
    const b = await bench();
    const engine = b.engine();
    b.verdict = { failure: { class: 'connection', message: 'Catalog away' } };
    const waiting = await b.ask();
    await b.work(engine);
    expect(await b.lease(waiting)).toMatchObject({
      state: 'approved',
      lastError: { message: 'Catalog away' },
    });
    b.verdict = {
      operation: 'eligibility',
      verdict: { eligible: false, rule: 'Not in the team', gone: false },
    };
    await b.run([engine], async () => await b.atRest());
    expect(await b.lease(waiting)).toMatchObject({
      state: 'denied',
      endReason: 'ineligible',
    });
    expect(
      (await b.world.calls()).filter(c => c.operation !== 'identity'),
    ).toEqual([]);
    await engine.stop();
  });

  it('lets nobody wait for another connection that does not answer', async () => {
    const b = await bench();
    await b.world.addFault({
      fault: { type: 'hang' },
      match: { system: 'beside', verb: 'put' },
      times: 'always',
    });
    const hanging = await Promise.all(
      [1, 2, 3].map(() => b.ask({ connection: 'beside' })),
    );
    const ids = new Set(
      await Promise.all(Array.from({ length: 20 }, () => b.ask())),
    );
    let allActive = () => {};
    const done = new Promise<void>(resolve => {
      allActive = resolve;
    });
    const engine = b.engine({
      onChange: leases => {
        for (const lease of leases) {
          if (lease.state === 'active' && ids.delete(lease.id) && !ids.size) {
            allActive();
          }
        }
      },
    });
    engine.wake();
    await done;
    for (const id of hanging) {
      expect((await b.lease(id)).state).toBe('granting');
    }
    // Given up on at its deadline, the call counts as one that may have happened.
    await engine.stop();
    expect(await b.lease(hanging[0])).toMatchObject({
      state: 'granting',
      lastError: { class: 'unknown-outcome' },
    });
  });

  it('stays revoking while something dies by itself, and says until when', async () => {
    const b = await bench({ provider: { endsSessions: false } });
    const engine = b.engine();
    const id = await b.ask();
    await b.work(engine);
    const { forms } = await engine.mint({
      leaseId: id,
      actor: 'user:default/ada',
    });
    const [{ key, expiresAt }] = await b.world.things();
    const { sessionId } = await b.world.signIn({ key, secret: forms[0].value });

    await b.wishEnd(id);
    await b.work(engine);
    const waiting = await b.lease(id);
    expect(waiting).toMatchObject({ state: 'revoking', attempts: 0 });
    expect(waiting.aliveUntil).toBe(expiresAt);
    expect(await b.world.useSession({ sessionId: sessionId! })).toEqual({
      alive: true,
    });

    await b.run([engine], async () => await b.atRest());
    const ended = await b.lease(id);
    expect(ended.verifiedAt).toBeGreaterThanOrEqual(expiresAt!);
    expect(ended.aliveUntil).toBeUndefined();
    await engine.stop();
  });

  it('keeps a last copy for as long as the profile says, which is not gone, and then removes it', async () => {
    const b = await bench();
    let kept = 0;
    Object.assign(b.provider, {
      keep: async ({ handle }: LeaseContext) => {
        kept += 1;
        if (kept === 1) {
          throw JitProviderError.retryable('Somebody is in it');
        }
        return { done: kept > 2, handle, lookAgainIn: { seconds: 1 } };
      },
    });
    const engine = b.engine();
    const id = await b.ask({ keepMs: 24 * HOUR_MS });
    await b.work(engine);
    await b.wishEnd(id);
    await b.run(
      [engine],
      async () => (await b.lease(id)).keptUntil !== undefined,
    );

    const lease = await b.lease(id);
    expect(lease).toMatchObject({
      state: 'revoking',
      endReason: 'returned',
      attempts: 0,
    });
    expect(lease.lastError).toBeUndefined();
    expect(lease.verifiedAt).toBeUndefined();
    const now = await b.ledger.clock.now(b.ledger.knex);
    expect(lease.keptUntil! - now).toBeGreaterThan(23 * HOUR_MS);
    expect(lease.nextActionAt).toBe(lease.keptUntil);
    expect(kept).toBe(3);
    expect(await b.world.things()).toHaveLength(1);
    const rules = { stuckAfterAttempts: 5, stuckAfterMs: 600_000 };
    expect(isStuck(lease, lease.keptUntil! - 1, rules)).toBe(false);
    const [stuck] = await whereStuck(
      b.ledger,
      b.ledger.knex('jit_leases').count({ n: '*' }),
      { stuck: true, rules },
    );
    expect(Number(stuck.n)).toBe(0);
    expect(
      await countLive(b.ledger, { profileId: 'bench', subject: lease.subject }),
    ).toEqual({ ofProfile: 0, ofSubject: 0 });

    b.clock.advance(23 * HOUR_MS);
    await b.work(engine);
    expect((await b.lease(id)).state).toBe('revoking');
    b.clock.advance(HOUR_MS);
    await b.work(engine);
    const gone = await b.lease(id);
    expect(gone.state).toBe('revoked');
    expect(gone.verifiedAt).toBeGreaterThanOrEqual(lease.keptUntil!);
    expect(kept).toBe(3);
    expect(await b.world.things()).toEqual([]);
    expect(await b.story(id)).toEqual(
      expect.arrayContaining(['lease.returned', 'lease.kept', 'lease.revoked']),
    );
    await engine.stop();
  });

  it('lets a lease take over a last copy, once, and gives nothing in place of one that is gone', async () => {
    const b = await bench();
    Object.assign(b.provider, {
      keep: async ({ handle }: LeaseContext) => ({ done: true, handle }),
    });
    const engine = b.engine();
    const first = await b.ask({ keepMs: HOUR_MS });
    await b.work(engine);
    const [thing] = await b.world.things();
    await b.wishEnd(first);
    await b.work(engine);
    expect((await b.lease(first)).keptUntil).toBeDefined();

    const second = await b.ask({
      keepMs: HOUR_MS,
      restores: first,
      entitlementId: first,
    });
    await b.work(engine);
    expect(await b.lease(first)).toMatchObject({
      state: 'revoked',
      kept: 'shared',
    });
    const restored = await b.lease(second);
    expect(restored).toMatchObject({ state: 'active', entitlementId: first });
    expect(restored.handle).toBeDefined();
    expect((await b.world.things()).map(({ key }) => key)).toEqual([thing.key]);

    await b.wishEnd(second);
    await b.work(engine);
    expect((await b.lease(second)).keptUntil).toBeDefined();
    b.clock.advance(HOUR_MS);
    const late = await b.ask({
      keepMs: HOUR_MS,
      restores: second,
      entitlementId: first,
    });
    await b.run(
      [engine],
      async () => (await b.lease(second)).state === 'revoked',
    );
    await b.work(engine);
    expect(await b.lease(late)).toMatchObject({
      state: 'lapsed',
      endReason: 'failed',
    });
    expect(await b.world.things()).toEqual([]);
    const made = (await b.world.effects()).filter(
      ({ effect }) => effect === 'made',
    );
    expect(made).toHaveLength(1);
    await engine.stop();
  });

  it('keeps a copy on that could not be restored', async () => {
    const b = await bench();
    Object.assign(b.provider, {
      keep: async ({ handle }: LeaseContext) => ({ done: true, handle }),
    });
    const engine = b.engine();
    const first = await b.ask({ keepMs: HOUR_MS });
    await b.work(engine);
    await b.wishEnd(first);
    await b.work(engine);
    await b.world.setCondition({ condition: { rights: 'none' } });
    const second = await b.ask({
      keepMs: HOUR_MS,
      restores: first,
      entitlementId: first,
      grantWithinMs: 60_000,
    });
    await b.run(
      [engine],
      async () => (await b.lease(second)).keptUntil !== undefined,
    );
    expect(await b.lease(second)).toMatchObject({
      state: 'revoking',
      endReason: 'failed',
    });
    expect(await b.world.things()).toHaveLength(1);
    await engine.stop();
  });

  it('keeps nothing of what was never there for anybody, or is there no more', async () => {
    const b = await bench();
    const keep = jest.fn();
    Object.assign(b.provider, { keep });
    const engine = b.engine();
    const isOver = async () =>
      (await b.leases()).every(({ state }) => state === 'revoked');
    await b.world.setCondition({ condition: { down: true } });
    const never = await b.ask({ keepMs: HOUR_MS });
    await b.work(engine);
    await b.wishEnd(never);
    await b.world.setCondition({ condition: { down: false } });
    await b.run([engine], isOver);

    const robbed = await b.ask({ keepMs: HOUR_MS });
    await b.run(
      [engine],
      async () => (await b.lease(robbed)).state === 'active',
    );
    await b.wishEnd(robbed, { reason: 'removed-outside' });
    await b.run([engine], isOver);
    expect(keep).not.toHaveBeenCalled();
    await engine.stop();
  });

  it('closes a copy once more when a call that was given up may have opened it', async () => {
    const b = await bench();
    const closedAt: number[] = [];
    Object.assign(b.provider, {
      keep: async ({ handle }: LeaseContext) => {
        closedAt.push(b.clock.worldNow());
        return { done: true, handle };
      },
    });
    const engine = b.engine();
    const id = await b.ask({ keepMs: HOUR_MS });
    await b.work(engine);
    const fenceUntil = (await b.ledger.clock.now(b.ledger.knex)) + 20_000;
    await b.ledger
      .knex('jit_entitlements')
      .where({ id })
      .update({ fence_until: fenceUntil });
    await b.wishEnd(id);
    await b.work(engine);
    expect((await b.lease(id)).keptUntil).toBeUndefined();
    b.clock.advance(21_000);
    await b.work(engine);
    expect(closedAt).toHaveLength(2);
    expect((await b.lease(id)).keptUntil).toBeDefined();
    await engine.stop();
  });

  it('gives a call up when its claim was lost, and writes nothing of it', async () => {
    const b = await bench();
    await b.world.addFault({ fault: { type: 'hang' }, match: { verb: 'put' } });
    let sent = () => {};
    const calling = new Promise<void>(resolve => {
      sent = resolve;
    });
    const engine = b.engine({
      settings: { ...DEFAULT_ENGINE_SETTINGS, claimRenewalMs: 50 },
      failpoint: async (name, { operation }) => {
        if (name === 'intent-committed' && operation === 'grant') {
          sent();
        }
      },
    });
    const id = await b.ask();
    await engine.tick();
    await calling;
    // Another replica has it now.
    await b.ledger
      .knex('jit_entitlements')
      .update({ claim_token: 'theirs', claim_until: 9e15 });
    await engine.idle();

    const [call] = (await b.world.calls()).filter(
      each => each.operation === 'grant',
    );
    expect(call.endedAt! - call.startedAt).toBeLessThan(
      DEFAULT_ENGINE_SETTINGS.callTimeoutMs,
    );
    expect(await b.lease(id)).toMatchObject({ state: 'granting', attempts: 0 });
    const [{ claim_token }] = await b.ledger.knex('jit_entitlements');
    expect(claim_token).toBe('theirs');
    await engine.stop();
  });

  it('keeps to the concurrency of a connection whose pause ends while other work is done', async () => {
    const b = await bench({ concurrency: 2 });
    const out = { now: 0, most: 0 };
    const grant = b.provider.grant.bind(b.provider);
    Object.assign(b.provider, {
      grant: async (ctx: LeaseContext) => {
        out.now += 1;
        out.most = Math.max(out.most, out.now);
        // Long enough for others to overlap with it, if they may.
        await sleep(20);
        return await grant(ctx).finally(() => {
          out.now -= 1;
        });
      },
    });
    const now = await b.ledger.clock.now(b.ledger.knex);
    await b.ledger
      .knex('jit_connections')
      .where({ name: 'main' })
      .update({ paused_until: now + 5_000 });
    for (let n = 0; n < 10; n++) {
      await b.ask();
    }
    let asked = 0;
    const engine = b.engine({
      checkEligibility: async () => {
        asked += 1;
        if (asked === 1) {
          b.clock.advance(5_000);
        }
        return b.verdict;
      },
    });
    await b.run([engine], async () =>
      (await b.leases()).every(({ state }) => state === 'active'),
    );
    expect(asked).toBe(10);
    expect(out.most).toBe(2);
    await engine.stop();
  });

  it('sends no call that its claim cannot outlive', async () => {
    const { claimLifeMs, claimRenewalMs } = DEFAULT_ENGINE_SETTINGS;
    const grantsSentWhenHeldUpFor = async (heldUpMs: number) => {
      const b = await bench();
      const now = performance.now.bind(performance);
      let passed = 0;
      const clock = jest
        .spyOn(performance, 'now')
        .mockImplementation(() => now() + passed);
      const engine = b.engine({
        failpoint: async (name, { operation }) => {
          if (name === 'intent-committed' && operation === 'grant') {
            passed = heldUpMs;
          }
        },
      });
      const id = await b.ask();
      await engine.tick();
      await engine.idle();
      clock.mockRestore();
      const calls = await b.world.calls();
      await engine.stop();
      return { b, id, sent: calls.filter(c => c.operation === 'grant').length };
    };

    const inTime = claimLifeMs - claimRenewalMs - 2_000;
    expect((await grantsSentWhenHeldUpFor(inTime)).sent).toBe(1);
    const { b, id, sent } = await grantsSentWhenHeldUpFor(
      claimLifeMs - claimRenewalMs,
    );
    expect(sent).toBe(0);
    expect(await b.lease(id)).toMatchObject({ state: 'granting', attempts: 0 });

    // The intent stands: whoever claims it next carries it out.
    const heir = b.engine();
    await b.run([heir], async () => (await b.lease(id)).state === 'active');
    await heir.stop();
  });
});
