import { Inspection } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { remainsOf } from '../revoke/remainsOf';
import { findRole } from './findRole';
import { residualOf } from './residualOf';
import { RoleCall, RoleLeaseContext } from './types';

/** By oid: a session goes on when its role has been dropped, and then has no name any more. */
async function countSessions(session: Session, oid: number): Promise<number> {
  const [row] = await session.query<{ sessions: number }>(
    `SELECT count(*)::int AS sessions
       FROM pg_stat_activity WHERE usesysid = $1::oid`,
    [oid],
  );
  return row.sessions;
}

async function absent(
  session: Session,
  ctx: RoleLeaseContext,
): Promise<Inspection> {
  const residual = await residualOf(session, ctx.params);
  return { status: 'absent', ...(residual && { residual }) };
}

/**
 * Looks for the role and its sessions. A role of the lease's name without our mark is somebody else's and does not count.
 *
 * What blocks the end is said only of a role that may no longer log in: before, it is just in use.
 */
export async function inspect(call: RoleCall): Promise<Inspection> {
  const { ctx } = call;
  return await withSession(call, session =>
    transaction(session, { readOnly: true }, async () => {
      const { role } = await findRole(session, ctx);
      const oid = role?.oid ?? ctx.handle?.oid;
      if (oid === undefined) {
        return await absent(session, ctx);
      }
      const sessions = await countSessions(session, oid);
      if (!role && sessions === 0) {
        return await absent(session, ctx);
      }
      const blockers: string[] = [];
      if (!role?.canLogin && sessions > 0) {
        blockers.push(`${sessions} session(s) are still open`);
      }
      if (role && !role.canLogin) {
        blockers.push(...(await remainsOf(session, role)));
      }
      return {
        status: 'present',
        ...(blockers.length > 0 && { blockers }),
      };
    }),
  );
}
