import { EventEmitter, once } from 'node:events';
import { CredentialIntent } from '@backstage-jit/plugin-jit-node';
import { EngineBench, EngineBenchOptions } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { DEFAULT_ENGINE_SETTINGS } from '../config';

jest.setTimeout(60_000);

onBothDatabases('the engine', database => {
  const bench = async (options?: EngineBenchOptions) =>
    await EngineBench.create(await database.open(), options);

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
    const changes = new EventEmitter();
    const engine = b.engine({
      onChange: ([{ state }]) => changes.emit(state),
    });
    const id = await b.ask();
    await b.work(engine);
    const { expiresAt = 0 } = await b.lease(id);
    const { knex, clock } = b.ledger;
    const gone = once(changes, 'revoked');
    b.clock.advance(expiresAt - 300 - (await clock.now(knex)));
    await b.work(engine);

    // Nothing else wakes the engine here.
    await gone;
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
});
