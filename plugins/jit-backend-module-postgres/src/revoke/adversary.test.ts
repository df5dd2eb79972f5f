import { createDeferred } from '@backstage/types';
import { PostgresStage } from '../__testUtils__/PostgresStage';
import { RoleLease, RoleLeaseOptions } from '../__testUtils__/RoleLease';

jest.setTimeout(120_000);

describe('a holder who does not want to go', () => {
  let stage: PostgresStage;

  const lease = (options?: Omit<RoleLeaseOptions, 'stage'>) =>
    new RoleLease({ stage, ...options });

  const sessionsOf = async (role: RoleLease) =>
    await stage.sql('SELECT pid FROM pg_stat_activity WHERE usesysid = $1', {
      values: [role.handle!.oid],
    });

  beforeAll(async () => {
    stage = await PostgresStage.create();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('reconnects as fast as it can, on all its sessions', async () => {
    const stubborn = lease();
    await stubborn.grant();
    const login = await stubborn.credentials();
    let stopped = false;
    let logins = 0;
    const busy = createDeferred();
    const loops = Array.from({ length: 8 }, async () => {
      while (!stopped) {
        try {
          const session = await stage.login(login);
          logins += 1;
          if (logins === 8) {
            busy.resolve();
          }
          await session.query('SELECT pg_sleep(600)');
        } catch {
          // Ended, or no longer let in: it tries again at once.
        }
      }
    });
    await busy;

    await stubborn.revoke();
    expect(await stubborn.inspect()).toEqual({ status: 'absent' });
    expect(await sessionsOf(stubborn)).toEqual([]);
    stopped = true;
    await Promise.all(loops);
  });

  it('holds its own row locked by a new password in an open transaction', async () => {
    const locking = lease();
    await locking.grant();
    const session = await locking.holder();
    await session.query('BEGIN');
    await session.query(`ALTER ROLE CURRENT_USER PASSWORD 'for ever'`);

    await locking.revoke();
    await expect(session.query('COMMIT')).rejects.toThrow();
    expect(await locking.inspect()).toEqual({ status: 'absent' });
  });

  it('sets its own password all the time, from a session and from new ones', async () => {
    const racing = lease();
    await racing.grant();
    const login = await racing.credentials();
    let stopped = false;
    let changes = 0;
    const busy = createDeferred();
    const loops = Array.from({ length: 6 }, async () => {
      while (!stopped) {
        try {
          const session = await stage.login(login);
          for (;;) {
            await session.query(
              `ALTER ROLE CURRENT_USER PASSWORD '${login.password}'`,
            );
            changes += 1;
            if (changes === 20) {
              busy.resolve();
            }
          }
        } catch {
          // Two of them met, or it was ended.
        }
      }
    });
    await busy;

    await racing.revoke();
    stopped = true;
    await Promise.all(loops);
    expect(await racing.inspect()).toEqual({ status: 'absent' });
    await expect(stage.login(login)).rejects.toMatchObject({ code: '28P01' });
  });

  it('hides in a prepared transaction, with locks that are in the way', async () => {
    const hiding = lease();
    await hiding.grant();
    const session = await hiding.holder();
    const name = `it's; "prepared" ${stage.suffix}`;
    await session.query('BEGIN');
    await session.query(`ALTER ROLE CURRENT_USER PASSWORD 'for ever'`);
    await session.query('CREATE TABLE public.later (id int)');
    await session.query('UPDATE orders SET total = 0');
    await session.query(`PREPARE TRANSACTION '${name.replace(/'/g, "''")}'`);

    expect(await hiding.revoke()).toEqual([
      `${stage.orders}: rolled back prepared transaction ${name}`,
    ]);
    expect(await hiding.inspect()).toEqual({ status: 'absent' });
    expect(
      await stage.sql('SELECT total::int FROM orders ORDER BY id', {
        database: stage.orders,
      }),
    ).toEqual([{ total: 10 }, { total: 20 }]);
  });

  it('puts functions and operators in the way of the admin', async () => {
    const shadowing = lease();
    await shadowing.grant();
    for (const database of [stage.orders, stage.second]) {
      const session = await shadowing.holder(database);
      await session.query(`
        CREATE TABLE public.witness (who text);
        GRANT INSERT ON public.witness TO PUBLIC;
        CREATE FUNCTION public.told(oid, oid) RETURNS boolean LANGUAGE plpgsql AS
          'BEGIN INSERT INTO public.witness VALUES (current_user); RETURN true; END';
        CREATE OPERATOR public.= (leftarg = oid, rightarg = oid, function = public.told);
        CREATE FUNCTION public.current_database() RETURNS name LANGUAGE plpgsql AS
          'BEGIN INSERT INTO public.witness VALUES (current_user); RETURN ''x''; END';
        CREATE VIEW public.pg_roles AS SELECT 1 AS oid;
      `);
    }
    await stage.sql(
      `ALTER ROLE ${stage.admin} SET search_path = public, pg_catalog`,
    );
    await shadowing.revoke();
    await stage.sql(`ALTER ROLE ${stage.admin} RESET search_path`);
    for (const database of [stage.orders, stage.second]) {
      expect(
        await stage.sql('SELECT * FROM public.witness', { database }),
      ).toEqual([]);
    }
  });
});
