import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import {
  createRole,
  joinRole,
  loginAttributes,
  markOf,
} from '../roles/createRole';
import { LeaseRole } from '../roles/findMarkedRole';
import { ident } from '../sql/quote';
import { findRole } from './findRole';
import { preflight } from './preflight';
import { refusedByCeiling } from './refusedByCeiling';
import { RoleCall, RoleHandle, RoleLeaseContext } from './types';

function attributes(ctx: RoleLeaseContext): string {
  const { connectionLimit } = ctx.connection.config;
  return loginAttributes({ connectionLimit, notAfter: ctx.notAfter });
}

async function giveMemberships(
  session: Session,
  options: { name: string; ctx: RoleLeaseContext },
): Promise<void> {
  const { name, ctx } = options;
  await joinRole(session, name);
  const roles = ctx.params.memberOf.map(ident).join(', ');
  const set = ctx.params.setRole ? 'TRUE' : 'FALSE';
  await session.query(
    `GRANT ${roles} TO ${ident(
      name,
    )} WITH ADMIN FALSE, INHERIT TRUE, SET ${set}`,
  );
}

async function makeRole(
  session: Session,
  ctx: RoleLeaseContext,
): Promise<LeaseRole> {
  const found = await findRole(session, ctx);
  if (found.nameTaken) {
    throw JitProviderError.misconfigured(
      `A role named '${ctx.externalName}' is there that does not carry our mark; it is left alone.`,
    );
  }
  const refusal = await preflight(session, {
    params: ctx.params,
    connection: ctx.connection.config,
    mark: ctx.mark,
  });
  if (refusal) {
    throw JitProviderError.misconfigured(refusal);
  }
  let name = found.role?.name;
  if (name === undefined) {
    name = ctx.externalName;
    await createRole(session, {
      name,
      attributes: attributes(ctx),
      comment: markOf('role', ctx),
    });
  } else {
    await session.query(`ALTER ROLE ${ident(name)} ${attributes(ctx)}`);
  }
  await giveMemberships(session, { name, ctx });
  const { role } = await findRole(session, ctx);
  if (!role) {
    throw JitProviderError.retryable(
      `Role '${name}' was changed by somebody else at that moment.`,
    );
  }
  return role;
}

/** Makes the login role in one transaction, so that it is there with its mark and its roles, or not at all. */
export async function grant(call: RoleCall): Promise<Progress<RoleHandle>> {
  const { ctx } = call;
  const refusal = refusedByCeiling(ctx);
  if (refusal) {
    throw JitProviderError.misconfigured(refusal);
  }
  return await withSession({ ...call, purpose: 'act' }, async session => {
    const role = await transaction(session, {}, () => makeRole(session, ctx));
    return { done: true, handle: { v: 1, oid: role.oid } };
  });
}
