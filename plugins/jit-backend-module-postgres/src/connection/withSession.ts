import {
  ConnectionContext,
  JitProviderError,
} from '@backstage-jit/plugin-jit-node';
import { classifyError } from './classifyError';
import { PostgresConnection } from './connectionSchema';
import { SessionFactory } from './openSession';
import { Session } from './Session';
import { isInDoubt } from './transaction';

/** PostgreSQL 16 is the first whose memberships say apart what may be inherited, assumed and given on. */
const OLDEST_VERSION = 16;

export interface WithSessionOptions {
  ctx: Pick<
    ConnectionContext<PostgresConnection>,
    'connection' | 'signal' | 'deadline'
  >;
  openSession: SessionFactory;
  /** The admin's own when not given. */
  database?: string;
}

async function assertUsable(session: Session): Promise<void> {
  // Qualified, as there is no transaction that sets the search path.
  const [server] = await session.query<{ version: number; standby: boolean }>(
    `SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version,
            pg_catalog.pg_is_in_recovery() AS standby`,
  );
  const version = Math.floor(server.version / 10_000);
  if (version < OLDEST_VERSION) {
    throw JitProviderError.misconfigured(
      `The server is PostgreSQL ${version}; version ${OLDEST_VERSION} or newer is needed.`,
    );
  }
  // What a standby shows may be minutes old: it would let us believe that a role is gone.
  if (server.standby) {
    throw JitProviderError.connection(
      'The server is a standby; the connection must lead to the primary.',
    );
  }
}

/**
 * Logs in, runs, and ends the session, whatever happens. One short session a call: none waits idle, holds a slot of the server, carries
 * settings over, or outlives a change of the password.
 *
 * @throws JitProviderError with a sentence of our own for all that the server or the network did
 */
export async function withSession<T>(
  options: WithSessionOptions,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  const { ctx, openSession } = options;
  const { config } = ctx.connection;
  const database = options.database ?? config.database;
  let session: Session | undefined;
  try {
    session = await openSession({
      connection: config,
      database,
      signal: ctx.signal,
      deadline: ctx.deadline,
    });
    await assertUsable(session);
    const result = await run(session);
    await session.close();
    return result;
  } catch (error) {
    // Not closed in good order: what was not committed must not be, and the server may not answer.
    session?.destroy();
    throw classifyError(error, {
      connection: ctx.connection.name,
      database,
      phase: session ? 'work' : 'login',
      inDoubt: session !== undefined && isInDoubt(session),
      broken: session?.broken() ?? true,
      aborted: ctx.signal.aborted && performance.now() < ctx.deadline,
    });
  }
}
