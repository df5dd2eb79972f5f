import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';

const WAIT_EACH_MS = 200;

/** What is kept of the time of the call to answer in. */
const RESERVE_MS = 4_000;

/** Those that the admin may end: everybody's but a superuser's. The server's own workers have no user, and make way by themselves. */
const OURS_TO_END = `
  FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid AND NOT r.rolsuper
 WHERE a.datid = $1::oid AND a.pid <> pg_backend_pid()`;

/**
 * Ends all sessions in a database that nobody can get into any more, whoever's they are, and looks again until there is none.
 *
 * @returns how many are still there when the time is over
 */
export async function endDatabaseSessions(
  session: Session,
  options: { oid: number },
): Promise<number> {
  for (;;) {
    // A transaction each: within one, pg_stat_activity shows the sessions of its first look.
    const ended = await transaction(session, { readOnly: true }, () =>
      session.query(
        `SELECT a.pid, pg_terminate_backend(a.pid) ${OURS_TO_END}`,
        [options.oid],
      ),
    );
    if (ended.length === 0 || session.remaining() < RESERVE_MS) {
      return ended.length;
    }
    await transaction(session, { readOnly: true }, () =>
      session.query(
        `SELECT pg_terminate_backend(pid, $2::bigint)
           FROM (SELECT a.pid ${OURS_TO_END} LIMIT 5) AS s`,
        [options.oid, WAIT_EACH_MS],
      ),
    );
  }
}
