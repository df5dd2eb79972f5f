import { mockServices } from '@backstage/backend-test-utils';
import {
  ConnectionContext,
  JitProviderError,
} from '@backstage-jit/plugin-jit-node';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { insertProfile } from '../database/operations/profiles/insertProfile';
import { writeStuck } from '../database/operations/recheck/writeStuck';
import { DEFAULT_ENGINE_SETTINGS } from '../config';
import { EligibilityOutcome, pinProfile, Profile } from '../policy';
import { profileFor } from '../policy/__testUtils__/fixtures';
import { listConnectionHealth } from '../database/operations/figures/listConnectionHealth';
import { readConnectionCondition } from '../database/operations/figures/readConnectionCondition';
import { deliverNotices } from './deliverNotices';
import { lookAtConnections } from './lookAtConnections';
import { recheckEligibility } from './recheckEligibility';
import { tidyOutside } from './tidyOutside';

jest.setTimeout(60_000);

const logger = mockServices.logger.mock();
const MINUTE = 60_000;

onBothDatabases('the tasks', database => {
  const create = async () => await EngineBench.create(await database.open());

  async function withLeases(count: number, rules: Partial<Profile> = {}) {
    const bench = await create();
    const engine = bench.engine();
    const pinned = pinProfile({
      profile: profileFor({ targets: undefined, ...rules }),
      kind: 'access',
    });
    await insertProfile(bench.ledger, pinned);
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      ids.push(
        await bench.ask({
          profileHash: pinned.hash,
          durationMs: 3 * 3_600_000,
          subject: `user:default/p${n}`,
        }),
      );
    }
    await bench.work(engine);
    const outcomes = new Map<string, EligibilityOutcome>();
    const recheck = async () => {
      const result = await recheckEligibility({
        ledger: bench.ledger,
        logger,
        settings: { everyMs: 10 * MINUTE, atMost: { count: 2, percent: 20 } },
        checker: {
          checkMany: async questions =>
            questions.map(
              ({ subject }) =>
                outcomes.get(subject) ?? {
                  outcome: 'eligible',
                  rule: 'all',
                  subject: { ref: subject, groups: [] },
                },
            ),
        },
      });
      bench.clock.advance(10 * MINUTE);
      await bench.work(engine);
      return result;
    };
    return { bench, engine, ids, outcomes, recheck };
  }

  it('ends the leases of who was seen twice without the right to them, and of nobody else', async () => {
    const { bench, engine, ids, outcomes, recheck } = await withLeases(6);
    outcomes.set('user:default/p0', { outcome: 'gone' });
    outcomes.set('user:default/p1', {
      outcome: 'ineligible',
      rule: 'Left the team',
    });
    outcomes.set('user:default/p2', { outcome: 'gone' });
    expect(await recheck()).toMatchObject({ suspected: 3, ended: 0 });
    // A moment without a group is no reason.
    outcomes.delete('user:default/p2');
    expect(await recheck()).toMatchObject({ suspected: 2, ended: 2 });
    outcomes.set('user:default/p2', { outcome: 'gone' });
    expect(await recheck()).toMatchObject({ suspected: 1, ended: 0 });

    const [p0, p1, ...others] = await Promise.all(
      ids.map(id => bench.lease(id)),
    );
    expect(p0).toMatchObject({ state: 'revoked', endReason: 'offboarded' });
    expect(p1).toMatchObject({ state: 'revoked', endReason: 'ineligible' });
    expect(others.map(lease => lease.state)).toEqual(Array(4).fill('active'));
    await engine.stop();
  });

  it('lets who is no longer eligible keep it where the profile says so, and nobody who is gone', async () => {
    const { bench, engine, ids, outcomes, recheck } = await withLeases(4, {
      whenIneligible: 'keep',
    });
    outcomes.set('user:default/p0', { outcome: 'gone' });
    outcomes.set('user:default/p1', { outcome: 'ineligible', rule: 'Left' });
    await recheck();
    expect(await recheck()).toMatchObject({ ended: 1 });
    const states = await Promise.all(
      ids.map(async id => (await bench.lease(id)).state),
    );
    expect(states).toEqual(['revoked', 'active', 'active', 'active']);
    await engine.stop();
  });

  it('ends nobody while the catalog is away, nor when suspiciously many would go', async () => {
    const { bench, engine, ids, outcomes, recheck } = await withLeases(4);
    for (let n = 0; n < 4; n += 1) {
      outcomes.set(`user:default/p${n}`, { outcome: 'gone' });
    }
    await recheck();
    expect((await recheck()).held).toMatch('4 of 4 live leases');
    outcomes.set('user:default/p3', {
      outcome: 'unavailable',
      reason: 'it is away',
    });
    expect((await recheck()).held).toBe('The catalog is away');
    for (const id of ids) {
      expect((await bench.lease(id)).state).toBe('active');
    }
    await engine.stop();
  });

  it('tells the operators once of a lease that got stuck, at least once of everything, and forgets it when it moves', async () => {
    const bench = await create();
    const engine = bench.engine();
    const id = await bench.ask();
    await bench.world.setCondition({ condition: { rights: 'none' } });
    await bench.run(
      [engine],
      async () => (await bench.lease(id)).attempts >= 5,
    );
    const rules = DEFAULT_ENGINE_SETTINGS;
    expect(await writeStuck(bench.ledger, rules)).toBe(1);
    expect(await writeStuck(bench.ledger, rules)).toBe(0);
    expect(await bench.story(id)).toContain('lease.stuck');

    const send = jest.fn().mockRejectedValueOnce(new Error('down'));
    const deliver = async () =>
      await deliverNotices({
        ledger: bench.ledger,
        notifications: { send },
        operators: [{ kind: 'group', ref: 'group:default/platform' }],
        findOwners: async () => [],
        logger,
      });
    expect(await deliver()).toBe(1);
    bench.clock.advance(MINUTE);
    expect(await deliver()).toBe(1);
    expect(await deliver()).toBe(0);
    expect(send).toHaveBeenCalledTimes(3);
    expect(send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: ['group:default/platform'] },
      payload: expect.objectContaining({
        severity: 'critical',
        title: expect.stringContaining('Stuck'),
        link: `/just-in-time?view=everything&lease=${id}`,
      }),
    });

    await bench.world.setCondition({ condition: { rights: 'full' } });
    await bench.run(
      [engine],
      async () => (await bench.lease(id)).state === 'active',
    );
    await writeStuck(bench.ledger, rules);
    expect((await bench.lease(id)).stuckSince).toBeUndefined();
    await engine.stop();
  });

  it('says of a connection that it leads elsewhere, or lacks rights, and forgets it when it is mended', async () => {
    const { bench, engine } = await withLeases(1);
    const look = async () => {
      await lookAtConnections({
        ledger: bench.ledger,
        systems: bench.systems(),
      });
      const [main] = (
        await listConnectionHealth(bench.ledger, {
          configured: ['main', 'beside'],
          rules: DEFAULT_ENGINE_SETTINGS,
        })
      ).filter(each => each.connection === 'main');
      return main.state;
    };
    expect(await look()).toBe('ok');
    await bench.world.repoint({ from: 'main', to: 'elsewhere' });
    expect(await look()).toBe('repointed');
    expect(
      await readConnectionCondition(bench.ledger, { name: 'main' }),
    ).toMatchObject({ state: 'repointed' });
    await bench.world.repoint({ from: 'main', to: 'main' });
    expect(await look()).toBe('ok');
    await engine.stop();
  });

  it('lets providers tidy each connection, whatever happens at another', async () => {
    const { bench, engine } = await withLeases(1);
    const tidied: string[] = [];
    Object.assign(bench.provider, {
      async tidy({ connection, mark, signal }: ConnectionContext) {
        expect({ ...mark, aborted: signal.aborted }).toMatchObject({
          installation: 'bench',
          aborted: false,
        });
        tidied.push(connection.name);
        if (connection.name === 'main') {
          throw JitProviderError.retryable('Not now');
        }
      },
    });
    const warn = jest.spyOn(logger, 'warn');
    await tidyOutside({ systems: bench.systems(), logger });
    expect(tidied).toEqual(['main', 'beside']);
    expect(warn).toHaveBeenCalledWith('Not tidied: Not now', {
      provider: 'fake.access',
      connection: 'main',
    });
    await engine.stop();
  });
});
