import { PostgresStage } from '../__testUtils__/PostgresStage';
import { RoleLease } from '../__testUtils__/RoleLease';
import { openSession, SessionFactory } from '../connection/openSession';

jest.setTimeout(60_000);

describe('health', () => {
  let stage: PostgresStage;

  const check = async () => {
    const lease = new RoleLease({ stage });
    return await lease.provider.health(lease.context());
  };

  beforeAll(async () => {
    stage = await PostgresStage.create();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('names each missing right, with the statement that gives it', async () => {
    expect(await check()).toEqual({ ok: true });
    const { admin, readonlyRole, reassignTo, second, readwriteRole } = stage;
    const mends: Array<[breaks: string, mends: string]> = [
      [`ALTER ROLE ${admin} NOCREATEROLE`, `ALTER ROLE "${admin}" CREATEROLE;`],
      [
        `REVOKE pg_signal_backend FROM ${admin}`,
        `GRANT pg_signal_backend TO "${admin}";`,
      ],
      [
        `REVOKE ADMIN OPTION FOR ${readonlyRole} FROM ${admin}`,
        `GRANT "${readonlyRole}" TO "${admin}" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;`,
      ],
      [
        `REVOKE ${reassignTo} FROM ${admin}`,
        `GRANT "${reassignTo}" TO "${admin}";`,
      ],
      [
        `REVOKE CONNECT ON DATABASE ${second} FROM PUBLIC, ${admin};
         GRANT CONNECT ON DATABASE ${second} TO ${readonlyRole}`,
        `GRANT CONNECT ON DATABASE "${second}" TO "${admin}";`,
      ],
      [`ALTER ROLE ${reassignTo} LOGIN`, `ALTER ROLE "${reassignTo}" NOLOGIN;`],
    ];
    for (const [breaks, statement] of mends) {
      await stage.sql(breaks);
      const { ok, message } = await check();
      expect(ok).toBe(false);
      expect(message).toContain(statement);
      await stage.sql(statement);
      expect(await check()).toEqual({ ok: true });
    }

    for (const [breaks, undo, says] of [
      [
        `GRANT ${readwriteRole} TO ${reassignTo}`,
        `REVOKE ${readwriteRole} FROM ${reassignTo}`,
        'is a member of',
      ],
      [
        `ALTER ROLE ${reassignTo} CREATEDB BYPASSRLS`,
        `ALTER ROLE ${reassignTo} NOCREATEDB NOBYPASSRLS`,
        'CREATEDB, BYPASSRLS',
      ],
      [
        `ALTER ROLE ${readonlyRole} RENAME TO elsewhere_${stage.suffix}`,
        `ALTER ROLE elsewhere_${stage.suffix} RENAME TO ${readonlyRole}`,
        `Role '${readonlyRole}' of the ceiling does not exist`,
      ],
      [
        `ALTER ROLE ${reassignTo} RENAME TO gone_${stage.suffix}`,
        `ALTER ROLE gone_${stage.suffix} RENAME TO ${reassignTo}`,
        `CREATE ROLE "${reassignTo}" NOLOGIN;`,
      ],
    ]) {
      await stage.sql(breaks);
      expect((await check()).message).toContain(says);
      await stage.sql(undo);
    }
    expect(await check()).toEqual({ ok: true });
  });

  it('refuses an old server, and a standby', async () => {
    const answering =
      (server: { version: number; standby: boolean }): SessionFactory =>
      async options => {
        const session = await openSession(options);
        return {
          ...session,
          query: async (sql, values) =>
            sql.includes('server_version_num')
              ? [server as any]
              : await session.query<any>(sql, values),
        };
      };
    for (const [server, expected] of [
      [
        { version: 150_012, standby: false },
        {
          class: 'misconfigured',
          message:
            'The server is PostgreSQL 15; version 16 or newer is needed.',
        },
      ],
      [{ version: 160_001, standby: true }, { class: 'connection' }],
    ] as const) {
      const lease = new RoleLease({ stage, openSession: answering(server) });
      await expect(lease.inspect()).rejects.toMatchObject(expected);
      await expect(lease.grant()).rejects.toMatchObject(expected);
    }
  });
});
