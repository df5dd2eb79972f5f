import { JitProviderError, LeaseContext } from '@backstage-jit/plugin-jit-node';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { countLive } from '../database/operations/leases/countLive';
import { whereStuck } from '../database/operations/leases/whereStuck';
import { isStuck } from '../leases/stuck';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;

onBothDatabases('last copies', database => {
  const bench = async () => await EngineBench.create(await database.open());

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
});
