import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { ident, timestamp } from '../sql/quote';
import { findRole } from './findRole';
import { RoleCall, RoleHandle } from './types';

/** Moves the end of the role's password. */
export async function extend(call: RoleCall): Promise<Progress<RoleHandle>> {
  const { ctx } = call;
  return await withSession({ ...call, purpose: 'act' }, session =>
    transaction(session, {}, async () => {
      const { role } = await findRole(session, ctx);
      if (!role) {
        throw JitProviderError.misconfigured(
          `Role '${ctx.externalName}' is no longer there: somebody dropped it outside.`,
        );
      }
      await session.query(
        `ALTER ROLE ${ident(role.name)} VALID UNTIL ${timestamp(ctx.notAfter)}`,
      );
      return { done: true, handle: { v: 1, oid: role.oid } };
    }),
  );
}
