import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresCall } from '../connection/PostgresCall';
import { Session } from '../connection/Session';
import { sqlState } from '../connection/sqlState';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { LeaseRole } from '../roles/findMarkedRole';
import { ident } from '../sql/quote';
import { endSessions } from './endSessions';
import { rollBackPrepared } from './rollBackPrepared';

/** When the statement is not through by then, something holds it up. */
const HELD_UP_AFTER_MS = 150;

const TRIES = 20;

async function alterRole(session: Session, role: LeaseRole): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await transaction(session, {}, () =>
        session.query(
          `ALTER ROLE ${ident(
            role.name,
          )} NOLOGIN CONNECTION LIMIT 0 PASSWORD NULL`,
        ),
      );
      return;
    } catch (error) {
      // The holder changed the same row at that moment: a role may set its own password.
      if (sqlState(error) !== 'XX000' || tries === TRIES) {
        throw error;
      }
    }
  }
}

/**
 * Commits that the role may no longer log in, so that no session comes after those that are ended next.
 *
 * A session of the role can hold the statement up: it sets its own password in a transaction and leaves that open. So while the statement
 * waits, and keeps its place in the queue, the sessions are ended from a second one.
 *
 * @returns a line for each prepared transaction that was in the way
 */
export async function closeLogin(
  call: PostgresCall,
  options: { session: Session; role: LeaseRole },
): Promise<string[]> {
  const { session, role } = options;
  let settled = false;
  const isSettled = () => settled;
  const closing = alterRole(session, role).finally(() => {
    settled = true;
  });
  // It is awaited below; until then its failure is nobody's.
  closing.catch(() => {});
  await Promise.race([
    closing,
    sleep(HELD_UP_AFTER_MS, undefined, { ref: false }),
  ]);

  const report: string[] = [];
  if (!isSettled()) {
    await withSession({ ...call, purpose: 'join' }, async second => {
      while (!isSettled() && second.remaining() > 0) {
        await endSessions(second, { oid: role.oid, enough: isSettled });
        report.push(
          ...(await rollBackPrepared(call, { session: second, role })),
        );
        await Promise.race([
          closing.catch(() => {}),
          sleep(HELD_UP_AFTER_MS, undefined, { ref: false }),
        ]);
      }
    });
  }
  await closing;
  return report;
}
