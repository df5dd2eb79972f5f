import { PostgresStage } from '../__testUtils__/PostgresStage';
import { RecordingSessions } from '../__testUtils__/RecordingSessions';
import { RoleLease } from '../__testUtils__/RoleLease';

jest.setTimeout(300_000);

/** More statements than any operation has; an operation that needs more is found by the test itself. */
const MOST = 120;

describe('a process that dies after any statement', () => {
  let stage: PostgresStage;
  let sessions: RecordingSessions;

  const lease = () => new RoleLease({ stage, openSession: sessions.factory });

  beforeAll(async () => {
    stage = await PostgresStage.create();
    sessions = new RecordingSessions();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('leaves a grant that is whole or nothing, and is finished by the next call', async () => {
    let points = 0;
    for (let statements = 0; statements < MOST; statements++) {
      const cut = lease();
      if (!(await sessions.diesAfter(statements, () => cut.grant()))) {
        break;
      }
      points += 1;
      // The handle was never committed.
      cut.handle = undefined;
      const [role] = await stage.sql(
        `SELECT shobj_description(oid, 'pg_authid') IS NOT NULL AS marked, rolpassword IS NULL AS closed,
                EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS member
           FROM pg_authid r WHERE rolname = $1`,
        { values: [cut.name] },
      );
      expect([
        undefined,
        { marked: true, closed: true, member: true },
      ]).toContainEqual(role);

      if (statements % 2 === 0) {
        await cut.grant();
        const session = await cut.holder();
        await session.query('SELECT * FROM orders');
      }
      await cut.revoke({ handle: undefined });
      expect(await cut.inspect()).toEqual({ status: 'absent' });
      expect(await stage.roleExists(cut.name)).toBe(false);
    }
    expect(points).toBeGreaterThan(10);
    expect(points).toBeLessThan(MOST);
  });

  it('leaves a revocation that lets nobody in, and is finished by the next call', async () => {
    let points = 0;
    for (let statements = 0; statements < MOST; statements++) {
      const cut = lease();
      await cut.grant();
      const login = await cut.credentials();
      for (const database of [stage.orders, stage.second]) {
        const session = await stage.login({ ...login, database });
        await session.query(`CREATE TABLE public.made_${cut.name} (id int)`);
        if (database === stage.orders) {
          await session.query(`
            CREATE FUNCTION public.made_${cut.name}() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
            CREATE VIEW public.seen_${cut.name} AS SELECT public.made_${cut.name}();
          `);
        }
      }
      const crashed = await sessions.diesAfter(statements, () => cut.revoke());
      points += crashed ? 1 : 0;
      // Whatever the crash left is ours to find, and it is never called absent too early.
      const { status } = await cut.inspect({ handle: undefined });
      expect(status === 'present').toBe(await stage.roleExists(cut.name));
      await cut.revoke(statements % 2 === 0 ? {} : { handle: undefined });
      expect(await cut.inspect()).toEqual({ status: 'absent' });
      await expect(stage.login(login)).rejects.toMatchObject({
        code: '28P01',
      });
      for (const database of [stage.orders, stage.second]) {
        expect(
          await stage.sql(
            `SELECT relowner::regrole::text AS owner FROM pg_class WHERE relname LIKE $1
             UNION ALL SELECT proowner::regrole::text FROM pg_proc WHERE proname LIKE $1`,
            { database, values: [`%${cut.name}`] },
          ),
        ).toEqual([{ owner: stage.reassignTo }]);
      }
      if (!crashed) {
        break;
      }
    }
    expect(points).toBeGreaterThan(40);
    expect(points).toBeLessThan(MOST);
  });

  it('leaves credentials that are old or new, and gives new ones', async () => {
    const minted = lease();
    await minted.grant();
    let points = 0;
    while (await sessions.diesAfter(points, () => minted.credentials())) {
      points += 1;
      const session = await minted.holder();
      await session.end();
    }
    expect(points).toBeGreaterThan(4);
    await minted.revoke();
  });
});
