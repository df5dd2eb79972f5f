import { DatabaseLease } from '../__testUtils__/DatabaseLease';
import { DatabaseStage } from '../__testUtils__/DatabaseStage';

jest.setTimeout(60_000);

describe('health', () => {
  let stage: DatabaseStage;

  beforeAll(async () => {
    stage = await DatabaseStage.create();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('names each missing right, with the statement that gives it', async () => {
    const { server, template } = stage;
    const lease = new DatabaseLease({ stage });
    const check = () => lease.provider.health(lease.context());
    expect(await check()).toEqual({ ok: true });
    for (const [breaks, mends] of [
      [
        `ALTER ROLE ${server.admin} NOCREATEDB`,
        `ALTER ROLE "${server.admin}" CREATEDB;`,
      ],
      [
        `ALTER DATABASE ${template} IS_TEMPLATE false`,
        `ALTER DATABASE "${template}" IS_TEMPLATE true;`,
      ],
    ]) {
      await server.sql(breaks);
      const { ok, message } = await check();
      expect(ok).toBe(false);
      expect(message).toContain(mends);
      const refused = new DatabaseLease({ stage, params: { template } });
      await expect(refused.grant()).rejects.toMatchObject({
        class: 'misconfigured',
        message: expect.stringContaining(mends),
      });
      expect(await stage.remains(refused.name)).toEqual([]);
      await server.sql(mends);
      expect(await check()).toEqual({ ok: true });
    }
  });

  it('asks for nothing where the ceiling allows no database', async () => {
    const lease = new DatabaseLease({
      stage,
      connection: stage.server.connection(),
    });
    await stage.server.sql(`ALTER ROLE ${stage.server.admin} NOCREATEDB`);
    expect(await lease.provider.health(lease.context())).toEqual({ ok: true });
    await stage.server.sql(`ALTER ROLE ${stage.server.admin} CREATEDB`);
  });
});
