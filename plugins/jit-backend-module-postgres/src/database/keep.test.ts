import { ident } from '../sql/quote';
import { DatabaseLease } from '../__testUtils__/DatabaseLease';
import { DatabaseStage } from '../__testUtils__/DatabaseStage';
import { keptName } from './keep';

jest.setTimeout(120_000);

/** What crashes and sessions do to it is tried by the conformance kit. */
describe('the last copy of a database', () => {
  let stage: DatabaseStage;

  beforeAll(async () => {
    stage = await DatabaseStage.create();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  async function granted() {
    const lease = new DatabaseLease({ stage });
    await lease.grant();
    return { lease, kept: keptName({ externalName: lease.name }) };
  }

  it('has all that was in it, under a name that says so, and nobody gets in', async () => {
    const { server } = stage;
    const { lease, kept } = await granted();
    const login = await lease.credentials();
    const session = await server.login(login);
    await session.query('CREATE TABLE made AS SELECT 42 AS answer');
    await lease.keep();

    await expect(session.query('SELECT 1')).rejects.toThrow();
    expect(await stage.remains(lease.name)).toEqual([
      `database ${kept}`,
      `role ${lease.name}`,
      `role ${lease.name}_keeper`,
    ]);
    await expect(
      server.login({ ...login, database: kept }),
    ).rejects.toMatchObject({
      code: '28P01',
    });
    // Not even a superuser, who can open it again.
    await expect(server.sqlOnce(kept, 'SELECT 1')).rejects.toMatchObject({
      code: '55000',
    });
    await expect(lease.credentials()).rejects.toMatchObject({
      class: 'misconfigured',
    });
    const listed = [];
    for await (const { externalName } of lease.provider.listOwned(
      lease.context(),
    )) {
      listed.push(externalName);
    }
    expect(listed).toContain(lease.name);

    await server.sql(`ALTER DATABASE ${ident(kept)} ALLOW_CONNECTIONS true`);
    await server.sqlOnce(
      kept,
      `DO $$ BEGIN ASSERT (SELECT answer FROM made) = 42; END $$`,
    );
    await lease.revoke();
    expect(await stage.remains(lease.name)).toEqual([]);
    expect(await lease.inspect()).toEqual({ status: 'absent' });
  });

  it('is what a lease that restores it gets, under its own name and with other credentials', async () => {
    const { server } = stage;
    const { lease, kept } = await granted();
    const before = await lease.credentials();
    const session = await server.login(before);
    await session.query('CREATE TABLE made AS SELECT 42 AS answer');
    await lease.keep();
    const restoring = new DatabaseLease({
      stage,
      leaseId: 'another lease',
      externalName: lease.name,
    });
    await restoring.grant();
    expect(await stage.remains(lease.name)).not.toContain(`database ${kept}`);
    await expect(server.login(before)).rejects.toMatchObject({ code: '28P01' });
    const again = await restoring.holder();
    const { rows } = await again.query('SELECT answer FROM made');
    expect(rows).toEqual([{ answer: 42 }]);
    await again.query('DROP TABLE made');
    await restoring.keep();
    await restoring.revoke();
    expect(await stage.remains(lease.name)).toEqual([]);
  });

  it('is not made where another database has its name: that one is left alone, and a person told', async () => {
    const { lease, kept } = await granted();
    await stage.server.sql(`CREATE DATABASE ${ident(kept)}`);
    await expect(lease.keep()).rejects.toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining(`a database '${kept}' already`),
    });
    await stage.server.sql(`DROP DATABASE ${ident(kept)}`);
    await lease.keep();
    expect(await stage.remains(lease.name)).toContain(`database ${kept}`);
    await lease.revoke();
  });
});
