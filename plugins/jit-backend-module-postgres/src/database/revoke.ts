import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { cleanDatabases } from '../revoke/cleanDatabases';
import { closeLogin } from '../revoke/closeLogin';
import { dropRole } from '../revoke/dropRole';
import { endSessions } from '../revoke/endSessions';
import { cutReport } from '../revoke/report';
import { rollBackPrepared } from '../revoke/rollBackPrepared';
import { LeaseRole } from '../roles/findMarkedRole';
import { closeDatabase } from './closeDatabase';
import { dropDatabase } from './dropDatabase';
import { findLease, FoundLease, handleOf } from './findLease';
import { DatabaseCall, DatabaseHandle } from './types';

type Ended = Omit<Progress<DatabaseHandle>, 'report'>;

interface Work {
  session: Session;
  handle: DatabaseHandle;
  report: string[];
}

function waiting(handle: DatabaseHandle | undefined, note: string): Ended {
  return { done: false, handle, lookAgainIn: { seconds: 1 }, note };
}

/** Closes the owner's login and ends its sessions wherever they are; what is still to be waited for, if anything. */
async function endOwner(
  call: DatabaseCall,
  { session, handle, report }: Work,
  owner: LeaseRole | undefined,
): Promise<Ended | undefined> {
  if (owner) {
    report.push(...(await closeLogin(call, { session, role: owner })));
  }
  const oid = owner?.oid ?? handle.owner;
  const left = oid === undefined ? 0 : await endSessions(session, { oid });
  if (left > 0) {
    return waiting(handle, `Waiting for ${left} session(s) to end`);
  }
  if (owner) {
    report.push(...(await rollBackPrepared(call, { session, role: owner })));
  }
  return undefined;
}

async function endDatabase(
  call: DatabaseCall,
  work: Work,
  { database }: FoundLease,
): Promise<Ended | undefined> {
  if (!database) {
    return undefined;
  }
  if (!database.broken) {
    const left = await closeDatabase(call, { ...work, database });
    if (left > 0) {
      return waiting(work.handle, `Waiting for ${left} session(s) to end`);
    }
  }
  return (await dropDatabase(call, { ...work, database }))
    ? undefined
    : waiting(work.handle, 'Waiting for the server to drop the database');
}

/** The roles may have things elsewhere: the owner may go into each database that lets everybody in. */
async function endRoles(call: DatabaseCall, work: Work): Promise<Ended> {
  const { session, handle } = work;
  for (const part of ['owner', 'keeper'] as const) {
    const find = async () => ({
      role: (await findLease(session, call.ctx))[part],
      nameTaken: false,
    });
    const { role } = await transaction(session, { readOnly: true }, find);
    if (role) {
      await cleanDatabases(call, { ...work, role });
      if (!(await dropRole(session, find))) {
        return waiting(handle, 'Waiting for a session that was logging in');
      }
    }
  }
  return { done: true, handle };
}

async function endAll(call: DatabaseCall, report: string[]): Promise<Ended> {
  const { ctx } = call;
  if (await call.long.underWay(call, 'DROP DATABASE')) {
    return waiting(ctx.handle, 'Waiting for the server to drop the database');
  }
  return await withSession({ ...call, purpose: 'act' }, async session => {
    const found = await transaction(session, { readOnly: true }, () =>
      findLease(session, ctx),
    );
    const work = { session, handle: handleOf(found, ctx.handle), report };
    const ended =
      (await endOwner(call, work, found.owner)) ??
      (await endDatabase(call, work, found)) ??
      (await endRoles(call, work));
    return ended.done && found.taken
      ? {
          ...ended,
          note: `The ${found.taken} without our mark is left alone`,
        }
      : ended;
  });
}

/**
 * Takes the database back: closes its owner's login, empties and closes it, drops it with all that is in it, then its roles. Each step is committed
 * before the next, and a call that is cut off anywhere is taken up by the next one.
 */
export async function revoke(
  call: DatabaseCall,
): Promise<Progress<DatabaseHandle>> {
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
