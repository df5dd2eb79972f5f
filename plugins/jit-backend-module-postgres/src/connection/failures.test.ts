import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { PostgresStage } from '../__testUtils__/PostgresStage';
import { RoleLease } from '../__testUtils__/RoleLease';
import { openSession, SessionFactory } from './openSession';

jest.setTimeout(60_000);

/** A TCP server of the test's own, which does with each connection as it is told. */
async function listen(
  onConnection: (socket: Socket) => void,
): Promise<{ port: number; server: Server }> {
  const server = createServer(onConnection);
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  return { port: (server.address() as AddressInfo).port, server };
}

/** Real sessions that come to a given end at the first statement that matches. */
function breaking(
  pattern: RegExp,
  end: (run: {
    session: Awaited<ReturnType<SessionFactory>>;
    send: () => Promise<any[]>;
  }) => Promise<any[]>,
): SessionFactory {
  return async options => {
    const session = await openSession(options);
    return {
      ...session,
      query: async (sql, values) =>
        pattern.test(sql)
          ? await end({ session, send: () => session.query(sql, values) })
          : await session.query<any>(sql, values),
    };
  };
}

describe('failures of a real server, and of one that is none', () => {
  let stage: PostgresStage;
  const servers: Server[] = [];
  const sockets = new Set<Socket>();

  const on = (port: number, timeoutMs = 1_000) => {
    const config = stage.connection({ port });
    const lease = new RoleLease({ stage, connection: config });
    return () =>
      lease.inspect({
        deadline: performance.now() + timeoutMs,
        signal: AbortSignal.timeout(timeoutMs + 100),
      });
  };

  const serve = async (onConnection: (socket: Socket) => void) => {
    const { port, server } = await listen(socket => {
      sockets.add(socket);
      socket.on('error', () => {});
      onConnection(socket);
    });
    servers.push(server);
    return port;
  };

  beforeAll(async () => {
    stage = await PostgresStage.create();
  });

  afterAll(async () => {
    for (const socket of sockets) {
      socket.destroy();
    }
    for (const server of servers) {
      server.close();
    }
    await stage?.strike();
  });

  it('takes a server that is away, silent, or no PostgreSQL for one thing: away', async () => {
    const gone = await listen(() => {});
    await new Promise(resolve => gone.server.close(resolve));
    const silent = await serve(() => {});
    const closing = await serve(socket => socket.destroy());
    const other = await serve(socket => socket.end('HTTP/1.1 400\r\n\r\n'));
    for (const [port, why] of [
      [gone.port, 'it refuses the connection'],
      [silent, 'it did not answer'],
      [closing, 'it did not answer'],
      [other, ''],
    ] as const) {
      await expect(on(port)()).rejects.toMatchObject({
        class: 'connection',
        message: expect.stringContaining(why),
      });
    }
    const unknown = new RoleLease({
      stage,
      connection: stage.connection({ host: 'no-such-host.invalid' }),
    });
    await expect(unknown.inspect()).rejects.toMatchObject({
      class: 'connection',
    });
  });

  it('says what of the login is refused, and never the password', async () => {
    for (const [overrides, expected] of [
      [{ password: 'wrong-secret' }, 'connection'],
      [{ user: 'nobody' }, 'connection'],
      [{ database: 'no such "database"' }, 'misconfigured'],
      [{ ssl: true }, 'connection'],
    ] as const) {
      const refused = new RoleLease({
        stage,
        connection: stage.connection(overrides),
      });
      const error: any = await refused.inspect().catch(e => e);
      expect(JitProviderError.is(error)).toBe(true);
      expect(error.class).toBe(expected);
      expect(error.message).not.toContain('wrong-secret');
      expect(JSON.stringify(error)).not.toContain('wrong-secret');
    }
  });

  it('refuses an admin without the right, and heals when it is given', async () => {
    const lease = new RoleLease({ stage });
    await stage.sql(`ALTER ROLE ${stage.admin} NOCREATEROLE`);
    await expect(lease.grant()).rejects.toMatchObject({
      class: 'misconfigured',
    });
    await stage.sql(`ALTER ROLE ${stage.admin} CREATEROLE`);
    await lease.grant();
    await stage.sql(`ALTER ROLE ${stage.admin} NOCREATEROLE`);
    await expect(lease.revoke()).rejects.toMatchObject({
      class: 'misconfigured',
    });
    await stage.sql(`ALTER ROLE ${stage.admin} CREATEROLE`);
    await lease.revoke();
  });

  it('knows a commit whose answer was lost from one that was never sent', async () => {
    const cut: Parameters<typeof breaking>[1] = async ({ session, send }) => {
      session.destroy();
      return await send();
    };
    const lost = new RoleLease({
      stage,
      openSession: breaking(/^GRANT/, cut),
    });
    await expect(lost.grant()).rejects.toMatchObject({ class: 'connection' });
    expect(await stage.roleExists(lost.name)).toBe(false);

    let commits = 0;
    const unheard = new RoleLease({
      stage,
      openSession: breaking(/^COMMIT/, async ({ session, send }) => {
        commits += 1;
        const rows = await send();
        if (commits === 2) {
          session.destroy();
          throw new Error('Connection terminated');
        }
        return rows;
      }),
    });
    await expect(unheard.grant()).rejects.toMatchObject({
      class: 'unknown-outcome',
    });
    expect(await stage.roleExists(unheard.name)).toBe(true);
    await unheard.revoke();
  });

  it('is retryable when the server ends what takes too long, and at an end of the claim', async () => {
    const lease = new RoleLease({ stage });
    await lease.grant();
    const session = await lease.holder();
    await session.query('CREATE TABLE public.slow (id int)');
    const blocker = await stage.login({
      ...(await lease.credentials()),
      database: stage.orders,
    });
    await blocker.query('BEGIN; LOCK TABLE public.slow');
    const stuck = await new RoleLease({
      stage,
      openSession: breaking(/^ALTER ROLE/, async ({ session: own }) =>
        own.query('SELECT pg_sleep(60)'),
      ),
      externalName: lease.name,
      leaseId: lease.context().lease.id,
    });
    await expect(
      stuck.provider.extend(
        stuck.context({ deadline: performance.now() + 800 }),
      ),
    ).rejects.toMatchObject({ class: 'retryable' });

    const claim = new AbortController();
    const call = stuck.provider.extend(stuck.context({ signal: claim.signal }));
    setImmediate(() => claim.abort());
    await expect(call).rejects.toMatchObject({ class: 'retryable' });
    await expect(
      lease.inspect({ deadline: performance.now() - 1 }),
    ).rejects.toMatchObject({ class: expect.any(String) });
    await lease.revoke();
  });

  it('does nothing to a role when the call comes after its time', async () => {
    const lease = new RoleLease({ stage });
    await expect(
      lease.grant({ signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ class: 'retryable' });
    expect(await stage.roleExists(lease.name)).toBe(false);
  });
});
