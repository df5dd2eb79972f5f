import { LeaseContext } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { formatMark, MarkKind } from '../mark/LeaseMark';
import { ident, literal, timestamp } from '../sql/quote';

/** What a login role of a lease has: no more sessions than the limit, no password after its end. */
export function loginAttributes(options: {
  connectionLimit: number;
  notAfter: number;
}): string {
  return [
    'LOGIN INHERIT',
    `CONNECTION LIMIT ${options.connectionLimit}`,
    `VALID UNTIL ${timestamp(options.notAfter)}`,
  ].join(' ');
}

/** The mark of a lease's thing, as a comment. */
export function markOf(
  kind: MarkKind,
  ctx: Pick<LeaseContext, 'mark' | 'lease' | 'externalName'>,
): string {
  return formatMark(kind, {
    v: 1,
    ...ctx.mark,
    leaseId: ctx.lease.id,
    externalName: ctx.externalName,
  });
}

/**
 * Makes a role with our mark; within a transaction. Without a password nobody logs in yet, and with all the other attributes said, none
 * comes from a default.
 */
export async function createRole(
  session: Session,
  options: { name: string; attributes: string; comment: string },
): Promise<void> {
  const name = ident(options.name);
  await session.query(
    `CREATE ROLE ${name} NOSUPERUSER NOCREATEDB NOCREATEROLE ${options.attributes} PASSWORD NULL`,
  );
  await session.query(`COMMENT ON ROLE ${name} IS ${literal(options.comment)}`);
}

/** The admin made the role and administers it, but may not see its sessions or take its things until it is a member. */
export async function joinRole(session: Session, name: string): Promise<void> {
  await session.query(
    `GRANT ${ident(name)} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`,
  );
}
