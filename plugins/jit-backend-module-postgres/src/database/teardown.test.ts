import { setImmediate as nextTurn } from 'node:timers/promises';
import { Client } from 'pg';
import {
  DatabaseLease,
  DatabaseLeaseOptions,
} from '../__testUtils__/DatabaseLease';
import { DatabaseStage } from '../__testUtils__/DatabaseStage';
import { RoleLease } from '../__testUtils__/RoleLease';

jest.setTimeout(120_000);

describe('the end of a database that is in use', () => {
  let stage: DatabaseStage;

  const lease = (options?: Omit<DatabaseLeaseOptions, 'stage'>) =>
    new DatabaseLease({ stage, ...options });

  /** Access of somebody else to the database of a lease. */
  async function accessTo(database: DatabaseLease): Promise<RoleLease> {
    const access = new RoleLease({
      stage: stage.server,
      connection: stage.connection(),
      params: { memberOf: [database.name], database: database.name },
    });
    await access.grant();
    return access;
  }

  beforeAll(async () => {
    stage = await DatabaseStage.create();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('ends whoever reconnects faster than he is ended', async () => {
    const busy = lease();
    await busy.grant();
    const access = await accessTo(busy);
    const logins = [await busy.credentials(), await access.credentials()];
    let over = false;
    const reconnecting = logins.map(async login => {
      let entered = 0;
      while (!over) {
        const client = await stage.server.login(login).catch(() => undefined);
        await client?.query('SELECT 1').catch(() => {});
        entered += client ? 1 : 0;
        await nextTurn();
      }
      return entered;
    });
    await stage.server.login(logins[0]);
    await busy.revoke();
    over = true;
    const entered = await Promise.all(reconnecting);
    expect(Math.max(...entered)).toBeGreaterThan(0);
    expect(await stage.remains(busy.name)).toEqual([]);
    await access.revoke();
  });

  /** A copy in which a guest has made things and prepared a transaction, and the owner is at work. */
  async function sharedCopy() {
    const shared = lease({ params: { template: stage.template } });
    await shared.grant();
    const access = await accessTo(shared);
    const plan = await access.provider.plan(access.context());
    expect(plan.residual).toBeUndefined();
    const guest = await access.holder();
    await guest.query(
      `UPDATE orders SET total = 0; CREATE TABLE public.guests (id int);
       CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    );
    await guest.query(
      `BEGIN; INSERT INTO public.guests VALUES (1); PREPARE TRANSACTION '${shared.name}'`,
    );
    const owner = await shared.holder();
    await owner.query('BEGIN; SELECT * FROM orders');
    return { shared, access, guest, owner };
  }

  it('takes the database back while others have access to it', async () => {
    const { shared, access, guest } = await sharedCopy();
    expect(await shared.revoke()).toEqual([
      `${shared.name}: rolled back prepared transaction ${shared.name}`,
    ]);
    await expect(guest.query('SELECT 1')).rejects.toThrow();
    await access.revoke();
    expect(await stage.remains(shared.name)).toEqual([]);
    expect(await access.inspect()).toEqual({ status: 'absent' });
  });

  it('takes access to it back, and leaves its owner at work', async () => {
    const { shared, access, owner } = await sharedCopy();
    expect(await access.revoke()).toContainEqual(
      expect.stringContaining('gave table public.guests'),
    );
    const { rows } = await owner.query('SELECT * FROM orders');
    expect(rows).toHaveLength(2);
    await shared.revoke();
    expect(await stage.remains(shared.name)).toEqual([]);
    expect(await access.inspect()).toEqual({ status: 'absent' });
  });

  it('says in words what is not its to end, and goes on when that is gone', async () => {
    const { server } = stage;
    const held = lease();
    await held.grant();
    const other = `other_${server.suffix}`;
    await server.sql(
      `CREATE ROLE ${other} LOGIN PASSWORD 'theirs'; GRANT CONNECT ON DATABASE ${held.name} TO ${other}`,
    );
    const login = { user: other, password: 'theirs', database: held.name };
    const theirs = await server.login(login);
    await theirs.query(
      `BEGIN; SELECT pg_advisory_xact_lock(1); PREPARE TRANSACTION '${other}'`,
    );
    const superuser: Client = await server.login({
      user: 'postgres',
      password: server.superuserPassword,
      database: held.name,
    });
    await expect(held.revoke()).rejects.toMatchObject({
      class: 'retryable',
      message: expect.stringContaining(`Role '${other}' prepared transaction`),
    });
    await expect(theirs.query('SELECT 1')).rejects.toThrow();
    expect(await held.inspect()).toEqual({
      status: 'present',
      blockers: expect.arrayContaining([
        "A session of superuser 'postgres' is open in it: end it",
        `Role '${other}' prepared transaction '${other}' in it: roll it back or commit it`,
      ]),
    });
    await superuser.query(`ROLLBACK PREPARED '${other}'`);
    await superuser.end();
    await held.revoke();
    expect(await stage.remains(held.name)).toEqual([]);
  });

  it('leaves alone what somebody has made theirs, and ends what was half dropped', async () => {
    const { server } = stage;
    const taken = lease();
    await taken.grant();
    const keeper = `${taken.name}_keeper`;
    for (const [breaks, mends, says] of [
      [
        `COMMENT ON DATABASE ${taken.name} IS 'for the audit'`,
        `COMMENT ON DATABASE ${taken.name} IS NULL`,
        'no longer our mark',
      ],
      [
        `ALTER DATABASE ${taken.name} OWNER TO ${server.owner}`,
        `ALTER DATABASE ${taken.name} OWNER TO ${keeper}`,
        'another owner',
      ],
      [
        `COMMENT ON ROLE ${keeper} IS 'theirs'`,
        `COMMENT ON ROLE ${keeper} IS NULL; DROP DATABASE ${taken.name}; DROP ROLE ${keeper}`,
        'no longer our mark',
      ],
    ]) {
      await server.sql(breaks);
      for (const call of [taken.inspect(), taken.revoke()]) {
        await expect(call).rejects.toMatchObject({
          class: 'misconfigured',
          message: expect.stringContaining(says),
        });
      }
      for (const sql of mends.split('; ')) {
        await server.sql(sql);
      }
    }
    await taken.revoke();
    expect(await stage.remains(taken.name)).toEqual([]);

    const broken = lease();
    await broken.grant();
    await server.sql(
      `UPDATE pg_database SET datconnlimit = -2 WHERE datname = '${broken.name}'`,
    );
    await broken.revoke();
    expect(await stage.remains(broken.name)).toEqual([]);
  });
});
