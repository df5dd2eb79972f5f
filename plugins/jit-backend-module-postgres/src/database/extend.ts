import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { ident, timestamp } from '../sql/quote';
import { findLease, handleOf } from './findLease';
import { DatabaseCall, DatabaseHandle } from './types';

/** Moves the end of the owner's password: a database itself has none. */
export async function extend(
  call: DatabaseCall,
): Promise<Progress<DatabaseHandle>> {
  const { ctx } = call;
  return await withSession({ ...call, purpose: 'act' }, session =>
    transaction(session, {}, async () => {
      const found = await findLease(session, ctx);
      if (!found.database || !found.owner) {
        throw JitProviderError.misconfigured(
          `Database '${ctx.externalName}' or its role is no longer there: somebody dropped it outside.`,
        );
      }
      await session.query(
        `ALTER ROLE ${ident(found.owner.name)} VALID UNTIL ${timestamp(
          ctx.notAfter,
        )}`,
      );
      return { done: true, handle: handleOf(found, ctx.handle) };
    }),
  );
}
