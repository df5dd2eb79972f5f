import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';

/** How long to wait for one session before the next is looked at. */
const WAIT_EACH_MS = 200;

/** What is kept of the time of the call to answer in. */
const RESERVE_MS = 1_000;

/**
 * Ends all sessions that logged in as the role, whatever role they have assumed since, and looks again until there is none.
 *
 * By oid: sessions go on when their role is dropped or renamed.
 *
 * @returns how many are still there when the time is over
 */
export async function endSessions(
  session: Session,
  options: { oid: number; enough?: () => boolean },
): Promise<number> {
  for (;;) {
    // A transaction each: within one, pg_stat_activity shows the sessions of its first look.
    const ended = await transaction(session, { readOnly: true }, () =>
      session.query(
        `SELECT pid, pg_terminate_backend(pid)
           FROM pg_stat_activity WHERE usesysid = $1::oid`,
        [options.oid],
      ),
    );
    if (ended.length === 0 || options.enough?.()) {
      return 0;
    }
    if (session.remaining() < RESERVE_MS) {
      return ended.length;
    }
    await transaction(session, { readOnly: true }, () =>
      session.query(
        `SELECT pg_terminate_backend(pid, $2::bigint) FROM (
           SELECT pid FROM pg_stat_activity WHERE usesysid = $1::oid LIMIT 5
         ) AS s`,
        [options.oid, WAIT_EACH_MS],
      ),
    );
  }
}
