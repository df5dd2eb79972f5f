import {
  DatabaseLease,
  DatabaseLeaseOptions,
} from '../__testUtils__/DatabaseLease';
import { DatabaseStage } from '../__testUtils__/DatabaseStage';

jest.setTimeout(120_000);

describe('postgres.database on a real PostgreSQL', () => {
  let stage: DatabaseStage;

  const lease = (options?: Omit<DatabaseLeaseOptions, 'stage'>) =>
    new DatabaseLease({ stage, ...options });

  beforeAll(async () => {
    stage = await DatabaseStage.create();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('gives an empty database to its holder alone, and takes all of it back', async () => {
    const { server } = stage;
    const empty = lease({ params: { connectionLimit: 2 } });
    const granted = await empty.grant();
    expect(granted.facts).toEqual({
      host: server.host,
      port: String(server.port),
      database: empty.name,
      owner: empty.name,
      size: expect.stringMatching(/^\d+ kB$/),
    });
    expect(await stage.remains(empty.name)).toEqual([
      `database ${empty.name}`,
      `role ${empty.name}`,
      `role ${empty.name}_keeper`,
    ]);
    const [database] = await server.sql(
      `SELECT datallowconn, datistemplate, datdba::regrole::text AS keeper,
              shobj_description(oid, 'pg_database') AS comment
         FROM pg_database WHERE datname = $1`,
      { values: [empty.name] },
    );
    expect(database).toEqual({
      datallowconn: true,
      datistemplate: false,
      keeper: `${empty.name}_keeper`,
      comment: expect.stringMatching(/^backstage-jit-database \{"v":1,/),
    });
    const everybody = async () => {
      const [{ may }] = await server.sql(
        `SELECT has_database_privilege('public', '${empty.name}', 'CONNECT') AS may`,
      );
      return may;
    };
    expect(await everybody()).toBe(false);

    const login = await empty.credentials();
    expect(login).toMatchObject({ user: empty.name, database: empty.name });
    const session = await server.login(login);
    await session.query(
      `CREATE TABLE public.made (id int); CREATE SCHEMA own; DROP SCHEMA own;
       CREATE EXTENSION pgcrypto; INSERT INTO made VALUES (1)`,
    );
    await server.login(login);
    await expect(server.login(login)).rejects.toMatchObject({ code: '53300' });
    // What is the keeper's, the holder cannot change.
    for (const sql of [
      `ALTER DATABASE ${empty.name} SET role = 'postgres'`,
      `COMMENT ON DATABASE ${empty.name} IS NULL`,
      `DROP ROLE ${empty.name}_keeper`,
      `SET ROLE ${empty.name}_keeper`,
    ]) {
      await expect(session.query(sql)).rejects.toMatchObject({ code: '42501' });
    }
    await session.query(`GRANT CONNECT ON DATABASE ${empty.name} TO PUBLIC`);
    expect(await everybody()).toBe(false);
    expect(await empty.inspect()).toEqual({ status: 'present' });

    await empty.revoke();
    await expect(session.query('SELECT 1')).rejects.toThrow();
    expect(await stage.remains(empty.name)).toEqual([]);
    expect(await empty.inspect()).toEqual({ status: 'absent' });
    expect(await empty.revoke({ handle: undefined })).toEqual([]);
  });

  it('copies a template, and makes its holder the owner of what is in it', async () => {
    const copy = lease({ params: { template: stage.template } });
    const plan = await copy.provider.plan(copy.context());
    expect(plan.lines).toEqual([
      expect.stringContaining(`a copy of '${stage.template}'`),
      expect.stringContaining('at most 10 sessions'),
      expect.stringContaining(
        `belongs to ${stage.stranger} in it stays theirs`,
      ),
      expect.stringContaining('dropped with all that is in it'),
    ]);
    expect(plan.refusal).toBeUndefined();

    await copy.grant();
    await copy.grant({ handle: undefined });
    const session = await copy.holder();
    await session.query(
      `UPDATE orders SET total = double(total); ALTER TABLE orders ADD note text; SELECT * FROM rates`,
    );
    await expect(session.query('DELETE FROM rates')).rejects.toMatchObject({
      code: '42501',
    });
    await copy.revoke();
    expect(await stage.remains(copy.name)).toEqual([]);
  });
});
