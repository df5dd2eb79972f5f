import {
  ConnectionContext,
  JitProviderError,
} from '@backstage-jit/plugin-jit-node';
import { classifyError } from './classifyError';
import { PostgresConnection } from './connectionSchema';
import { SessionFactory } from './openSession';
import { Session } from './Session';
import { isInDoubt, transaction } from './transaction';

/** PostgreSQL 16 is the first whose memberships say apart what may be inherited, assumed and given on. */
const OLDEST_VERSION = 16;

export interface WithSessionOptions {
  ctx: Pick<
    ConnectionContext<PostgresConnection>,
    'connection' | 'signal' | 'deadline'
  > & { externalName?: string };
  openSession: SessionFactory;
  /** The admin's own when not given. */
  database?: string;
  /**
   * What the session is for; to look when not given. One that acts first ends what an earlier call about the same lease left on the server: a
   * session whose end the server has not noticed may hold locks, and a COMMIT on its way to it could still land. Further sessions of the
   * same call join it.
   */
  purpose?: 'look' | 'act' | 'join';
}

const TAKE_OVER_WAIT_MS = 2_000;

/** How the server lists the sessions that act for a lease. */
export function sessionName(externalName: string): string {
  return `backstage-jit ${externalName}`;
}

function applicationName({
  ctx,
  purpose = 'look',
}: WithSessionOptions): string {
  return purpose === 'look' || !ctx.externalName
    ? 'backstage-jit'
    : sessionName(ctx.externalName);
}

async function prepare(
  session: Session,
  options: WithSessionOptions,
): Promise<void> {
  const server = await transaction(session, { readOnly: true }, async () => {
    const [row] = await session.query<{ version: number; standby: boolean }>(
      `SELECT current_setting('server_version_num')::int AS version,
              pg_is_in_recovery() AS standby`,
    );
    if (options.purpose === 'act') {
      await session.query(
        `SELECT pg_terminate_backend(pid, $2::bigint) FROM pg_stat_activity
          WHERE usename = current_user AND application_name = $1
            AND pid <> pg_backend_pid()`,
        [applicationName(options), TAKE_OVER_WAIT_MS],
      );
    }
    return row;
  });
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
      applicationName: applicationName(options),
      signal: ctx.signal,
      deadline: ctx.deadline,
    });
    await prepare(session, options);
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
      tls: Boolean(config.ssl),
      aborted: ctx.signal.aborted && performance.now() < ctx.deadline,
    });
  }
}
