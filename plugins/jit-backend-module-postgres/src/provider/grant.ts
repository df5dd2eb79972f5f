import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { formatMark } from '../mark/RoleMark';
import { ident, literal, timestamp } from '../sql/quote';
import { findRole, LeaseRole } from './findRole';
import { preflight } from './preflight';
import { refusedByCeiling } from './refusedByCeiling';
import { RoleCall, RoleHandle, RoleLeaseContext } from './types';

function attributes(ctx: RoleLeaseContext): string {
  return [
    'LOGIN INHERIT',
    `CONNECTION LIMIT ${ctx.connection.config.connectionLimit}`,
    `VALID UNTIL ${timestamp(ctx.notAfter)}`,
  ].join(' ');
}

/** Without a password nobody logs in yet, and with all the other attributes said, none comes from a default. */
async function createRole(
  session: Session,
  ctx: RoleLeaseContext,
): Promise<string> {
  const name = ctx.externalName;
  const mark = formatMark({
    v: 1,
    ...ctx.mark,
    leaseId: ctx.lease.id,
    externalName: name,
  });
  await session.query(
    `CREATE ROLE ${ident(
      name,
    )} NOSUPERUSER NOCREATEDB NOCREATEROLE ${attributes(ctx)} PASSWORD NULL`,
  );
  await session.query(`COMMENT ON ROLE ${ident(name)} IS ${literal(mark)}`);
  return name;
}

async function giveMemberships(
  session: Session,
  options: { name: string; ctx: RoleLeaseContext },
): Promise<void> {
  const { name, ctx } = options;
  // The admin made the role and administers it, but may not see its sessions or take its things until it is a member.
  await session.query(
    `GRANT ${ident(name)} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`,
  );
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
  });
  if (refusal) {
    throw JitProviderError.misconfigured(refusal);
  }
  let name = found.role?.name;
  if (name === undefined) {
    name = await createRole(session, ctx);
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
