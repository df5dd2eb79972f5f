import {
  DatabaseLease,
  DatabaseLeaseOptions,
} from '../__testUtils__/DatabaseLease';
import { DatabaseStage } from '../__testUtils__/DatabaseStage';
import { openSession, SessionFactory } from '../connection/openSession';

jest.setTimeout(120_000);

/** Of a call that is left with half a second for a statement that takes longer. */
const SHORT_MS = 3_500;

describe('the making of a database', () => {
  let stage: DatabaseStage;

  const lease = (options?: Partial<DatabaseLeaseOptions>) =>
    new DatabaseLease({
      stage,
      params: { template: stage.template },
      ...options,
    });

  const soon = () => ({ deadline: performance.now() + SHORT_MS });

  /** A template that is as slow to copy as one likes: until the lock on it is let go. */
  async function slowTemplate() {
    const blocker = await stage.server.login({
      user: 'postgres',
      password: stage.server.superuserPassword,
      database: 'postgres',
    });
    await blocker.query('BEGIN');
    await blocker.query(`COMMENT ON DATABASE ${stage.template} IS 'slow'`);
    return async () => {
      await blocker.query('ROLLBACK');
      await blocker.end();
    };
  }

  beforeAll(async () => {
    stage = await DatabaseStage.create();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('goes on after the call, seen by other processes, and is finished by a later one', async () => {
    const finish = await slowTemplate();
    const slow = lease();
    const first = await slow.provider.grant(slow.context(soon()));
    expect(first).toMatchObject({
      done: false,
      note: `Copying database '${stage.template}'`,
      handle: { keeper: expect.any(Number), owner: expect.any(Number) },
    });
    const { leaseId, mark } = {
      leaseId: slow.context().lease.id,
      mark: slow.context().mark,
    };
    const elsewhere = lease({ externalName: slow.name, leaseId, mark });
    const second = await elsewhere.provider.grant(elsewhere.context(soon()));
    expect(second.done).toBe(false);
    expect(await slow.inspect()).toMatchObject({ status: 'pending' });
    await finish();
    expect((await elsewhere.grant()).facts).toMatchObject({
      database: slow.name,
    });
    expect((await slow.grant()).done).toBe(true);
    await slow.revoke();
    expect(await stage.remains(slow.name)).toEqual([]);
  });

  it('is broken off by the end of its lease', async () => {
    const finish = await slowTemplate();
    const slow = lease();
    await slow.provider.grant(slow.context(soon()));
    await slow.revoke();
    expect(await slow.inspect()).toEqual({ status: 'absent' });
    await finish();
    expect(await slow.inspect({ handle: undefined })).toEqual({
      status: 'absent',
    });
    expect(await stage.remains(slow.name)).toEqual([]);
  });

  it('tells once what came of it after its call, and begins anew', async () => {
    const finish = await slowTemplate();
    const slow = lease();
    await slow.provider.grant(slow.context(soon()));
    await stage.server.sql(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE query LIKE 'CREATE DATABASE "${slow.name}"%' AND state = 'active'`,
    );
    const next = await slow.provider.grant(slow.context(soon())).catch(e => e);
    expect(next).toMatchObject({ class: 'connection' });
    await finish();
    await slow.grant();
    await slow.revoke();
  });

  it('says what is wrong with a template, and what to do', async () => {
    const { server } = stage;
    const open = `open_${server.suffix}`;
    const connection = stage.connection({
      ceiling: {
        ephemeralDatabases: { templates: [open, server.orders, 'missing'] },
      },
    });
    await server.sql(`CREATE DATABASE ${open} IS_TEMPLATE true`);
    const user = await server.login({
      user: 'postgres',
      password: server.superuserPassword,
      database: open,
    });
    for (const [template, errorClass, says] of [
      ['missing', 'misconfigured', 'does not exist'],
      [
        server.orders,
        'misconfigured',
        `ALTER DATABASE "${server.orders}" IS_TEMPLATE true;`,
      ],
      [open, 'retryable', 'is in use'],
    ]) {
      const wrong = lease({ connection, params: { template } });
      await expect(wrong.grant()).rejects.toMatchObject({
        class: errorClass,
        message: expect.stringContaining(says),
      });
      const { refusal } = await wrong.provider.plan(wrong.context());
      expect(refusal ?? '').toContain(template === open ? '' : says);
      await wrong.revoke();
      expect(await stage.remains(wrong.name)).toEqual([]);
    }
    await user.end();
    const mended = lease({ connection, params: { template: open } });
    await mended.grant();
    await mended.revoke();
    await server.sql(`ALTER DATABASE ${open} IS_TEMPLATE false`);
    await server.sql(`DROP DATABASE ${open}`);
  });

  it('says that the disk is full without calling the whole server away', async () => {
    const full: SessionFactory = async options => {
      const session = await openSession(options);
      return {
        ...session,
        query: async (sql, values) => {
          if (sql.startsWith('CREATE DATABASE')) {
            throw Object.assign(new Error('No space left on device'), {
              code: '53100',
              severity: 'ERROR',
            });
          }
          return await session.query<any>(sql, values);
        },
      };
    };
    const unlucky = lease({ openSession: full });
    await expect(unlucky.grant()).rejects.toMatchObject({
      class: 'retryable',
      message: expect.stringContaining('disk is full'),
    });
    await unlucky.revoke();
    expect(await stage.remains(unlucky.name)).toEqual([]);
  });

  it('makes many at once from one template, and no more than the ceiling allows', async () => {
    const many = Array.from({ length: 6 }, () => lease());
    await Promise.all(many.map(each => each.grant()));
    await Promise.all(many.map(each => each.revoke()));

    const mark = { installation: 'few', ledgerId: stage.server.suffix };
    const connection = stage.connection({
      ceiling: { ephemeralDatabases: { maximum: 2 } },
    });
    const wanted = Array.from({ length: 5 }, () =>
      lease({ mark, connection, params: {} }),
    );
    const ends = await Promise.allSettled(wanted.map(each => each.grant()));
    const refusals = ends.flatMap(end =>
      end.status === 'rejected' ? [end.reason] : [],
    );
    expect(refusals).toEqual(
      Array(3).fill(
        expect.objectContaining({
          class: 'retryable',
          message: expect.stringContaining('2 databases of leases already'),
        }),
      ),
    );
    await Promise.all(wanted.map(each => each.revoke()));
    const waited = lease({ mark, connection, params: {} });
    await waited.grant();
    await waited.revoke();
  });
});
