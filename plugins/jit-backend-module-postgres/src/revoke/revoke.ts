import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { findRole } from '../provider/findRole';
import { RoleCall, RoleHandle } from '../provider/types';
import { LeaseRole } from '../roles/findMarkedRole';
import { cleanDatabases } from './cleanDatabases';
import { closeLogin } from './closeLogin';
import { dropRole } from './dropRole';
import { endSessions } from './endSessions';
import { cutReport } from './report';
import { rollBackPrepared } from './rollBackPrepared';

type Ended = Omit<Progress<RoleHandle>, 'report'>;

function waiting(handle: RoleHandle | undefined, note: string): Ended {
  return { done: false, handle, lookAgainIn: { seconds: 1 }, note };
}

async function endRole(
  call: RoleCall,
  options: { session: Session; role: LeaseRole; report: string[] },
): Promise<Ended> {
  const { session, role, report } = options;
  const handle: RoleHandle = { v: 1, oid: role.oid };
  report.push(...(await closeLogin(call, { session, role })));
  const left = await endSessions(session, { oid: role.oid });
  if (left > 0) {
    return waiting(handle, `Waiting for ${left} session(s) to end`);
  }
  report.push(...(await rollBackPrepared(call, { session, role })));
  await cleanDatabases(call, options);
  return (await dropRole(session, () => findRole(session, call.ctx)))
    ? { done: true, handle }
    : waiting(handle, 'Waiting for a session that was just logging in');
}

async function endAll(call: RoleCall, report: string[]): Promise<Ended> {
  const { ctx } = call;
  return await withSession({ ...call, purpose: 'act' }, async session => {
    const { role, nameTaken } = await transaction(
      session,
      { readOnly: true },
      () => findRole(session, ctx),
    );
    if (role) {
      return await endRole(call, { session, role, report });
    }
    const left = ctx.handle
      ? await endSessions(session, { oid: ctx.handle.oid })
      : 0;
    if (left > 0) {
      return waiting(ctx.handle, `Waiting for ${left} session(s) to end`);
    }
    return {
      done: true,
      handle: ctx.handle,
      ...(nameTaken && {
        note: `Role '${ctx.externalName}' does not carry our mark and is left alone`,
      }),
    };
  });
}

/**
 * Takes the role back: closes its login, ends its sessions, empties its hands in every database, drops it. Each step is committed before
 * the next, and a call that is cut off anywhere is taken up by the next one.
 */
export async function revoke(call: RoleCall): Promise<Progress<RoleHandle>> {
  const report: string[] = [];
  try {
    const ended = await endAll(call, report);
    return report.length > 0 ? { ...ended, report: cutReport(report) } : ended;
  } catch (error) {
    // What is done already is told now, or never: the next call no longer finds it. It meets the failure again.
    if (report.length > 0 && JitProviderError.is(error)) {
      return {
        ...waiting(call.ctx.handle, error.message),
        report: cutReport(report),
      };
    }
    throw error;
  }
}
