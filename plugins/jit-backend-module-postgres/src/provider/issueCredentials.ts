import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import {
  credentialsOf,
  mintPassword,
  setPassword,
} from '../roles/mintPassword';
import { findRole } from './findRole';
import { RoleCall } from './types';

/** Gives the role a new password. */
export async function issueCredentials(
  call: RoleCall,
): Promise<IssuedCredentials> {
  const { ctx } = call;
  const minted = await mintPassword();
  const role = await withSession({ ...call, purpose: 'act' }, session =>
    transaction(session, {}, async () => {
      const found = await findRole(session, ctx);
      if (!found.role?.canLogin) {
        throw JitProviderError.misconfigured(
          `Role '${ctx.externalName}' is not there, or may no longer log in.`,
        );
      }
      await setPassword(session, { role: found.role, minted });
      return found.role;
    }),
  );
  const { config } = ctx.connection;
  return credentialsOf({
    connection: config,
    role,
    minted,
    database: ctx.params.database ?? config.databases?.[0] ?? config.database,
  });
}
