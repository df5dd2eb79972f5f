import { Progress } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { cleanDatabases } from '../revoke/cleanDatabases';
import { dropRole } from '../revoke/dropRole';
import { dropDatabase } from './dropDatabase';
import { Ended, Ending, endUse, tellingAll, waiting } from './endUse';
import { findLease, FoundLease, handleOf } from './findLease';
import { DatabaseCall, DatabaseHandle } from './types';

async function endDatabase(
  call: DatabaseCall,
  ending: Ending,
  { database }: FoundLease,
): Promise<Ended | undefined> {
  return !database || (await dropDatabase(call, { ...ending, database }))
    ? undefined
    : waiting(ending.handle, 'Waiting for the server to drop the database');
}

/** The roles may have things elsewhere: the owner may go into each database that lets everybody in. */
async function endRoles(call: DatabaseCall, ending: Ending): Promise<Ended> {
  const { session, handle } = ending;
  for (const part of ['owner', 'keeper'] as const) {
    const find = async () => ({
      role: (await findLease(session, call.ctx))[part],
      nameTaken: false,
    });
    const { role } = await transaction(session, { readOnly: true }, find);
    if (role) {
      await cleanDatabases(call, { ...ending, role });
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
    const ending = { session, handle: handleOf(found, ctx.handle), report };
    const ended =
      (await endUse(call, ending, found)) ??
      (await endDatabase(call, ending, found)) ??
      (await endRoles(call, ending));
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
  return await tellingAll(call, report => endAll(call, report));
}
