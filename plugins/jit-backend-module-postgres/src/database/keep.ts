import { JitProviderError, KeepProgress } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { sqlState } from '../connection/sqlState';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { ident } from '../sql/quote';
import { Ended, endUse, tellingAll } from './endUse';
import { findLease, handleOf, LeaseDatabase } from './findLease';
import { DatabaseCall, DatabaseHandle } from './types';

const NAME_TAKEN = '42P04';

/** What a last copy is called, so that people see what it is. It is found by its owner all the same. */
export function keptName(ctx: { externalName: string }): string {
  return `${ctx.externalName}_kept`;
}

/** Once it is closed nobody is in it, and it can be renamed. */
export async function renameDatabase(
  session: Session,
  database: LeaseDatabase,
  name: string,
): Promise<void> {
  if (database.name === name) {
    return;
  }
  try {
    await transaction(session, {}, () =>
      session.query(
        `ALTER DATABASE ${ident(database.name)} RENAME TO ${ident(name)}`,
      ),
    );
  } catch (error) {
    throw sqlState(error) === NAME_TAKEN
      ? JitProviderError.misconfigured(
          `There is a database '${name}' already: rename it, so that '${database.name}' can have that name.`,
          error,
        )
      : error;
  }
}

async function closeAndRename(
  call: DatabaseCall,
  report: string[],
): Promise<Ended & { kept?: false }> {
  const { ctx } = call;
  return await withSession({ ...call, purpose: 'act' }, async session => {
    const found = await transaction(session, { readOnly: true }, () =>
      findLease(session, ctx),
    );
    const { database } = found;
    const handle = handleOf(found, ctx.handle);
    if (!database || database.broken) {
      return { done: true, handle, kept: false };
    }
    const waits = await endUse(call, { session, handle, report }, found);
    if (!waits) {
      await renameDatabase(session, database, keptName(ctx));
    }
    return waits ?? { done: true, handle };
  });
}

/**
 * Keeps the database, closed and renamed: its owner cannot log in, nobody is in it, and nobody gets in. Done again, it changes nothing; a call that was
 * cut off anywhere is taken up by the next one.
 */
export async function keep(
  call: DatabaseCall,
): Promise<KeepProgress<DatabaseHandle>> {
  return await tellingAll(call, report => closeAndRename(call, report));
}
