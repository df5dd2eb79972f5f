import { createExternalName } from '@backstage-jit/plugin-jit-test-utils';
import { PostgresStage } from '../__testUtils__/PostgresStage';
import { RecordingSessions } from '../__testUtils__/RecordingSessions';
import { RoleLease, RoleLeaseOptions } from '../__testUtils__/RoleLease';

jest.setTimeout(60_000);

const REFUSED_LOGIN = { code: '28P01' };
const ENDED_SESSION = { code: '57P01' };

describe('postgres.role on a real PostgreSQL', () => {
  let stage: PostgresStage;

  const lease = (options?: Omit<RoleLeaseOptions, 'stage'>) =>
    new RoleLease({ stage, ...options });

  beforeAll(async () => {
    stage = await PostgresStage.create();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('gives the rights of the roles for a while, and takes back all of it', async () => {
    const reader = lease({ params: { memberOf: [stage.readonlyRole] } });
    await reader.grant();

    const [role] = await stage.sql(
      `SELECT rolcanlogin, rolinherit, rolsuper, rolcreaterole, rolcreatedb, rolconnlimit,
              rolvaliduntil, rolpassword FROM pg_authid WHERE rolname = $1`,
      { values: [reader.name] },
    );
    expect(role).toEqual({
      rolcanlogin: true,
      rolinherit: true,
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolconnlimit: 10,
      rolvaliduntil: new Date(reader.context().notAfter),
      rolpassword: null,
    });
    expect(await reader.inspect()).toEqual({ status: 'present' });

    const issued = await reader.provider.issueCredentials(reader.context());
    expect(issued.expiresAt).toBe(
      new Date(reader.context().notAfter).toISOString(),
    );
    const login = await reader.credentials();
    expect(login.database).toBe(stage.orders);
    const session = await stage.login(login);
    expect((await session.query('SELECT * FROM orders')).rows).toHaveLength(2);
    await expect(
      session.query('UPDATE orders SET total = 0'),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(
      session.query(`SET ROLE ${stage.readonlyRole}`),
    ).rejects.toMatchObject({ code: '42501' });

    expect(await reader.revoke()).toEqual([]);
    await expect(session.query('SELECT 1')).rejects.toThrow();
    await expect(stage.login(login)).rejects.toMatchObject(REFUSED_LOGIN);
    expect(await stage.roleExists(reader.name)).toBe(false);
    expect(await reader.inspect()).toEqual({ status: 'absent' });
    expect(await reader.inspect({ handle: undefined })).toEqual({
      status: 'absent',
    });

    expect(await reader.revoke()).toEqual([]);
    expect(await reader.revoke({ handle: undefined })).toEqual([]);
  });

  it('grants again as often as asked, and moves the end', async () => {
    const sessions = new RecordingSessions();
    const repeated = lease({ openSession: sessions.factory });
    await repeated.grant();
    const first = repeated.handle;
    await repeated.grant({ handle: undefined });
    expect(repeated.handle).toEqual(first);

    const later = repeated.context().notAfter + 3_600_000;
    await repeated.provider.extend(repeated.context({ notAfter: later }));
    const [{ rolvaliduntil }] = await stage.sql(
      'SELECT rolvaliduntil FROM pg_roles WHERE rolname = $1',
      { values: [repeated.name] },
    );
    expect(rolvaliduntil).toEqual(new Date(later));

    await repeated.revoke();
    await expect(
      repeated.provider.extend(repeated.context()),
    ).rejects.toMatchObject({ class: 'misconfigured' });
    await expect(
      repeated.provider.issueCredentials(repeated.context()),
    ).rejects.toMatchObject({ class: 'misconfigured' });
  });

  it('makes a new password each time, which stands in no statement', async () => {
    const sessions = new RecordingSessions();
    const minted = lease({ openSession: sessions.factory });
    await minted.grant();
    const first = await minted.credentials();
    const second = await minted.credentials();
    expect(first.password).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(second.password).not.toBe(first.password);
    await expect(stage.login(first)).rejects.toMatchObject(REFUSED_LOGIN);
    await stage.login(second);

    const sent = JSON.stringify(sessions.statements);
    expect(sent).toContain('SCRAM-SHA-256$4096:');
    expect(sent).not.toContain(first.password);
    expect(sent).not.toContain(second.password);
    await minted.revoke();
  });

  it('ends a session that has assumed another role', async () => {
    const assuming = lease({ params: { setRole: true } });
    await assuming.grant();
    const session = await assuming.holder();
    await session.query(`SET ROLE ${stage.readwriteRole}`);
    const sleeping = session.query('SELECT pg_sleep(600)').catch(e => e);
    await assuming.revoke();
    expect(await sleeping).toMatchObject(ENDED_SESSION);
    expect(await assuming.inspect()).toEqual({
      status: 'absent',
      residual: expect.stringContaining('SET ROLE'),
    });
  });

  it('leaves alone what does not carry its mark', async () => {
    const name = createExternalName();
    await stage.sql(
      `CREATE ROLE ${name} LOGIN PASSWORD 'theirs'; COMMENT ON ROLE ${name} IS 'somebody''s';
       GRANT ${name} TO ${stage.admin} WITH ADMIN TRUE`,
    );
    const unlucky = lease({ externalName: name });
    await expect(unlucky.grant()).rejects.toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining('does not carry our mark'),
    });
    expect(await unlucky.inspect()).toEqual({ status: 'absent' });
    expect(await unlucky.provider.revoke(unlucky.context())).toMatchObject({
      done: true,
      note: expect.stringContaining('alone'),
    });
    await expect(
      unlucky.provider.issueCredentials(unlucky.context()),
    ).rejects.toMatchObject({ class: 'misconfigured' });

    // The same lease of another installation, of another ledger, and another lease of ours.
    const mark = unlucky.context().mark;
    const ours = lease();
    await ours.grant();
    for (const other of [
      { mark: { ...mark, installation: 'acme-staging' } },
      { mark: { ...mark, ledgerId: 'ledger-2' } },
      { leaseId: 'another' },
    ]) {
      const stranger = lease({
        externalName: ours.name,
        leaseId: ours.context().lease.id,
        ...other,
      });
      await stranger.revoke();
      await expect(stranger.grant()).rejects.toMatchObject({
        class: 'misconfigured',
      });
    }
    expect(await ours.inspect()).toEqual({ status: 'present' });

    const session = await stage.login({
      user: name,
      password: 'theirs',
      database: 'postgres',
    });
    await session.query('SELECT 1');
    await ours.revoke();
  });

  it('finds its role again under another name, and misses a lost mark', async () => {
    const renamed = lease();
    await renamed.grant();
    await stage.sql(
      `ALTER ROLE ${renamed.name} RENAME TO renamed_${stage.suffix}`,
    );
    const session = await renamed.holder();
    expect(await renamed.inspect({ handle: undefined })).toMatchObject({
      status: 'present',
    });
    await renamed.revoke({ handle: undefined });
    await expect(session.query('SELECT 1')).rejects.toThrow();
    expect(await stage.roleExists(`renamed_${stage.suffix}`)).toBe(false);

    const unmarked = lease();
    await unmarked.grant();
    await stage.sql(`COMMENT ON ROLE ${unmarked.name} IS 'for the audit'`);
    for (const call of [unmarked.inspect(), unmarked.revoke()]) {
      await expect(call).rejects.toMatchObject({
        class: 'misconfigured',
        message: expect.stringContaining('no longer our mark'),
      });
    }
    expect(await stage.roleExists(unmarked.name)).toBe(true);
    await stage.sql(`DROP ROLE ${unmarked.name}`);
    expect(await unmarked.inspect()).toEqual({ status: 'absent' });
  });

  it('still sees the sessions of a role that somebody dropped', async () => {
    const dropped = lease();
    await dropped.grant();
    const session = await dropped.holder();
    await stage.sql(`DROP ROLE ${dropped.name}`);
    expect(await dropped.inspect()).toMatchObject({
      status: 'present',
      blockers: ['1 session(s) are still open'],
    });
    await dropped.revoke();
    await expect(session.query('SELECT 1')).rejects.toThrow();
    expect(await dropped.inspect()).toEqual({ status: 'absent' });
  });

  it('lists what carries its mark, and nothing else', async () => {
    const mark = { installation: 'listed', ledgerId: stage.suffix };
    const mine = [lease({ mark }), lease({ mark, leaseId: `'; "%\\ü` })];
    const other = lease({ mark: { ...mark, ledgerId: 'other' } });
    for (const each of [...mine, other]) {
      await each.grant();
    }
    const listed = [];
    for await (const thing of mine[0].provider.listOwned(mine[0].context())) {
      listed.push(thing);
    }
    expect(listed).toEqual(
      mine.map(each => ({
        externalName: each.name,
        leaseId: each.context().lease.id,
        handle: each.handle,
      })),
    );
    for (const each of [...mine, other]) {
      await each.revoke();
    }
  });

  it('refuses roles that would outlast the lease, and says so in the plan', async () => {
    const roles = {
      missing: `missing_${stage.suffix}`,
      creator: `creator_${stage.suffix}`,
      viaCreator: `via_${stage.suffix}`,
      giver: `giver_${stage.suffix}`,
    };
    await stage.sql(`
      CREATE ROLE ${roles.creator} NOLOGIN CREATEROLE;
      CREATE ROLE ${roles.viaCreator} NOLOGIN IN ROLE ${roles.creator};
      CREATE ROLE ${roles.giver} NOLOGIN;
      GRANT ${stage.readonlyRole} TO ${roles.giver} WITH ADMIN TRUE;
      GRANT ${roles.creator}, ${roles.viaCreator}, ${roles.giver}, ${stage.owner}
         TO ${stage.admin} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
    `);
    const connection = stage.connection({
      ceiling: { roles: [...Object.values(roles), stage.owner] },
    });
    for (const [role, why] of [
      [roles.missing, 'does not exist'],
      [roles.creator, 'has CREATEROLE'],
      [roles.viaCreator, 'has CREATEROLE'],
      [roles.giver, 'may give role'],
    ]) {
      const refused = lease({ connection, params: { memberOf: [role] } });
      await expect(refused.grant()).rejects.toMatchObject({
        class: 'misconfigured',
        message: expect.stringContaining(why),
      });
      expect(await refused.provider.plan(refused.context())).toMatchObject({
        refusal: expect.stringContaining(why),
      });
      expect(await stage.roleExists(refused.name)).toBe(false);
    }

    const owning = lease({ connection, params: { memberOf: [stage.owner] } });
    const plan = await owning.provider.plan(owning.context());
    expect(plan.refusal).toBeUndefined();
    expect(plan.residual).toContain(stage.owner);
    expect(plan.lines[0]).toContain(`${stage.host}:${stage.port}`);
    expect(
      (await lease().provider.plan(lease().context())).residual,
    ).toBeUndefined();
  });

  it('refuses a grant that could not be taken back, and one above the ceiling', async () => {
    const wrong = lease({
      connection: stage.connection({ reassignTo: stage.owner }),
    });
    await expect(wrong.grant()).rejects.toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining('GRANT'),
    });
    const above = lease({ params: { memberOf: [stage.owner] } });
    await expect(above.grant()).rejects.toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining('ceiling'),
    });
  });

  it('knows the server by its cluster, whatever the database', async () => {
    const [{ id }] = await stage.sql(
      'SELECT system_identifier::text AS id FROM pg_control_system()',
    );
    const here = lease();
    const there = lease({
      connection: stage.connection({ database: stage.second }),
    });
    expect(await here.provider.identity(here.context())).toBe(`postgres:${id}`);
    expect(await there.provider.identity(there.context())).toBe(
      `postgres:${id}`,
    );
  });
});
