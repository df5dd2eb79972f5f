import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import {
  credentialsOf,
  mintPassword,
  setPassword,
} from '../roles/mintPassword';
import { findLease } from './findLease';
import { DatabaseCall } from './types';

/** Gives the owner of what is in the database a new password. */
export async function issueCredentials(
  call: DatabaseCall,
): Promise<IssuedCredentials> {
  const { ctx } = call;
  const minted = await mintPassword();
  const { role, database } = await withSession(
    { ...call, purpose: 'act' },
    session =>
      transaction(session, {}, async () => {
        const found = await findLease(session, ctx);
        if (!found.owner?.canLogin || !found.database?.allowsConnections) {
          throw JitProviderError.misconfigured(
            `Database '${ctx.externalName}' is not there, or nobody may connect to it any more.`,
          );
        }
        await setPassword(session, { role: found.owner, minted });
        return { role: found.owner, database: found.database.name };
      }),
  );
  return credentialsOf({
    connection: ctx.connection.config,
    role,
    minted,
    database,
  });
}
