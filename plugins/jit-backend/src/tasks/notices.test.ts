import { mockServices } from '@backstage/backend-test-utils';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { writeEndingSoon } from '../database/operations/recheck/writeEndingSoon';
import { TABLES } from '../database/tables';
import { deliverNotices } from './deliverNotices';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const ADA = 'user:default/ada';
const TARGET = 'resource:default/orders-db';

onBothDatabases('notices', database => {
  async function create() {
    const bench = await EngineBench.create(await database.open());
    const send = jest.fn(async () => {});
    const logger = mockServices.logger.mock();
    const findOwners = jest.fn(async () => ['group:default/owners']);
    const deliver = async () => {
      send.mockClear();
      await deliverNotices({
        ledger: bench.ledger,
        notifications: { send },
        operators: [{ kind: 'group', ref: 'group:default/platform' }],
        findOwners,
        logger,
      });
      return send.mock.calls.map(
        ([{ recipients, payload }]: any) =>
          `${recipients.entityRef} - ${payload.title}`,
      );
    };
    return { bench, send, logger, findOwners, deliver };
  }

  it('tells people what they waited for, owners who is in, and nobody what they have just seen', async () => {
    const { bench, send, findOwners, deliver } = await create();
    const engine = bench.engine();
    await bench.ask();
    await bench.work(engine);
    expect(await deliver()).toEqual([]);

    await bench.ask({ requester: 'user:default/bob', entityRef: TARGET });
    await bench.work(engine);
    expect((await deliver()).sort()).toEqual([
      `group:default/owners - ada has Bench for a while`,
      `${ADA},user:default/bob - Granted: Bench`,
    ]);
    expect(findOwners).toHaveBeenCalledWith({
      profileId: 'bench',
      entityRef: TARGET,
    });
    expect(send).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['group:default/owners'],
        excludeEntityRef: [ADA, 'user:default/bob'],
      },
      payload: expect.objectContaining({ severity: 'low' }),
    });
    await engine.stop();
  });

  it('tells of an end that comes soon, once for each end, while it can still be moved', async () => {
    const { bench, deliver } = await create();
    const { ledger, clock } = bench;
    const engine = bench.engine();
    const id = await bench.ask();
    await bench.work(engine);
    await deliver();
    clock.advance(24 * MINUTE);
    expect(await writeEndingSoon(ledger)).toBe(0);
    clock.advance(2 * MINUTE);
    expect(await writeEndingSoon(ledger)).toBe(1);
    expect(await writeEndingSoon(ledger)).toBe(0);
    expect(await deliver()).toEqual([`${ADA} - Ends soon: Bench`]);
    expect(await bench.story(id)).toContain('lease.ending-soon');

    // It was extended: the new end is told of in its turn.
    const { expiresAt = 0 } = await bench.lease(id);
    await ledger
      .knex(TABLES.leases)
      .where({ id })
      .update({ expires_at: expiresAt + 15 * MINUTE });
    expect(await writeEndingSoon(ledger)).toBe(0);
    clock.advance(15 * MINUTE);
    expect(await writeEndingSoon(ledger)).toBe(1);
    expect(await deliver()).toEqual([`${ADA} - Ends soon: Bench`]);

    await bench.run(
      [engine],
      async () => (await bench.lease(id)).state === 'revoked',
    );
    expect(await writeEndingSoon(ledger)).toBe(0);
    await engine.stop();
  });

  it('tries for a day, and then gives up aloud', async () => {
    const { bench, send, logger, deliver } = await create();
    const engine = bench.engine();
    const id = await bench.ask({ requester: 'user:default/bob' });
    await bench.work(engine);
    send.mockRejectedValue(new Error('down'));
    for (let hours = 0; hours < 24; hours += 2) {
      expect(await deliver()).toHaveLength(1);
      bench.clock.advance(120 * MINUTE);
    }
    expect(logger.error).not.toHaveBeenCalled();
    expect(await deliver()).toHaveLength(1);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('given up'),
      expect.objectContaining({ scope: `${id}/3/people`, error: 'Error' }),
    );
    expect(await bench.ledger.knex(TABLES.outbox)).toEqual([]);
    await engine.stop();
  });

  it('waits for a catalog that cannot say who the owners are', async () => {
    const { bench, findOwners, deliver } = await create();
    const engine = bench.engine();
    await bench.ask({ entityRef: TARGET });
    await bench.work(engine);
    findOwners.mockRejectedValueOnce(new Error('away'));
    expect(await deliver()).toEqual([]);
    bench.clock.advance(MINUTE);
    expect(await deliver()).toHaveLength(1);
    await engine.stop();
  });
});
