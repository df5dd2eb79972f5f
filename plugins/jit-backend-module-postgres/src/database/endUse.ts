import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { closeLogin } from '../revoke/closeLogin';
import { endSessions } from '../revoke/endSessions';
import { cutReport } from '../revoke/report';
import { rollBackPrepared } from '../revoke/rollBackPrepared';
import { LeaseRole } from '../roles/findMarkedRole';
import { closeDatabase } from './closeDatabase';
import { FoundLease } from './findLease';
import { DatabaseCall, DatabaseHandle } from './types';

/** How far a database has been taken back, without what was done beyond the plain case. */
export type Ended = Omit<Progress<DatabaseHandle>, 'report'>;

/** What each step of taking a database back needs, and adds its lines to. */
export interface Ending {
  session: Session;
  handle: DatabaseHandle;
  report: string[];
}

export function waiting(
  handle: DatabaseHandle | undefined,
  note: string,
): Ended {
  return { done: false, handle, lookAgainIn: { seconds: 1 }, note };
}

/** Closes the owner's login and ends its sessions wherever they are; what is still to be waited for, if anything. */
async function endOwner(
  call: DatabaseCall,
  { session, handle, report }: Ending,
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

/** Ends all use of the database: nobody is in it, and nobody gets in. What is still to be waited for, if anything. */
export async function endUse(
  call: DatabaseCall,
  ending: Ending,
  { owner, database }: FoundLease,
): Promise<Ended | undefined> {
  const waits = await endOwner(call, ending, owner);
  if (waits || !database || database.broken) {
    return waits;
  }
  const left = await closeDatabase(call, { ...ending, database });
  return left > 0
    ? waiting(ending.handle, `Waiting for ${left} session(s) to end`)
    : undefined;
}

/**
 * Tells with the answer of some steps what they did beyond the plain case. Also when one fails: what is done already is told now, or never, as the next
 * call no longer finds it. It meets the failure again.
 */
export async function tellingAll<TEnded extends Ended>(
  call: DatabaseCall,
  work: (report: string[]) => Promise<TEnded>,
): Promise<(TEnded | Ended) & { report?: string[] }> {
  const report: string[] = [];
  try {
    const ended = await work(report);
    return report.length > 0 ? { ...ended, report: cutReport(report) } : ended;
  } catch (error) {
    if (report.length > 0 && JitProviderError.is(error)) {
      return {
        ...waiting(call.ctx.handle, error.message),
        report: cutReport(report),
      };
    }
    throw error;
  }
}
