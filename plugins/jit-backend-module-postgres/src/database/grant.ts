import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { createDatabase } from './createDatabase';
import { factsOf } from './factsOf';
import { findLease, handleOf } from './findLease';
import { keptName, renameDatabase } from './keep';
import { makeRoles } from './makeRoles';
import { openDatabase } from './openDatabase';
import { refusedByCeiling } from './refusedByCeiling';
import { DatabaseCall, DatabaseHandle } from './types';

function waiting(
  call: DatabaseCall,
  handle: DatabaseHandle | undefined,
): Progress<DatabaseHandle> {
  const { template } = call.ctx.params;
  return {
    done: false,
    handle,
    lookAgainIn: { seconds: 2 },
    note: template
      ? `Copying database '${template}'`
      : 'Waiting for the server to make the database',
  };
}

/**
 * Makes the roles, then the database, then lets its holder in. A last copy is taken as it is, and gets its name back. Each step is committed before the next, and a call that was cut off anywhere is taken
 * up by the next one.
 */
export async function grant(
  call: DatabaseCall,
): Promise<Progress<DatabaseHandle>> {
  const { ctx, long } = call;
  const refusal = refusedByCeiling(ctx);
  if (refusal) {
    throw JitProviderError.misconfigured(refusal);
  }
  if (await long.underWay(call, 'CREATE DATABASE')) {
    return waiting(call, ctx.handle);
  }
  return await withSession({ ...call, purpose: 'act' }, async session => {
    let found = await transaction(session, {}, () => makeRoles(session, ctx));
    if (!found.database) {
      const keeper = found.keeper!.name;
      if (!(await createDatabase(call, { keeper }))) {
        return waiting(call, handleOf(found, ctx.handle));
      }
      found = await transaction(session, { readOnly: true }, () =>
        findLease(session, ctx),
      );
    }
    const { owner } = found;
    let { database } = found;
    if (!database || !owner || database.broken) {
      throw JitProviderError.retryable(
        `Database '${ctx.externalName}' or its role was changed by somebody else at that moment.`,
      );
    }
    if (database.name === keptName(ctx)) {
      await renameDatabase(session, database, ctx.externalName);
      database = { ...database, name: ctx.externalName };
    }
    await openDatabase(call, { session, database, owner });
    return {
      done: true,
      handle: handleOf(found, ctx.handle),
      facts: await factsOf(session, { ctx, database, owner }),
    };
  });
}
