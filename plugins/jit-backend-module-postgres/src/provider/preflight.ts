import { OwnershipMark } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { isOurs, parseMark } from '../mark/LeaseMark';
import { RoleParams } from './paramsSchema';
import { PostgresConnection } from '../connection/connectionSchema';
import { ReachableRole, reachableRoles } from './reachableRoles';
import { isOfDatabase, SUPERUSER_LIKE } from './refusedByCeiling';
import { reassignToProblem } from './reassignToProblem';

async function missingRole(
  session: Session,
  roles: string[],
): Promise<string | undefined> {
  const rows = await session.query<{ name: string; exists: boolean }>(
    `SELECT w.name, r.oid IS NOT NULL AS exists
       FROM unnest($1::text[]) AS w(name)
       LEFT JOIN pg_roles r ON r.rolname = w.name`,
    [roles],
  );
  return rows.find(row => !row.exists)?.name;
}

function refusalOf(
  role: ReachableRole,
  connection: PostgresConnection,
): string | undefined {
  if (role.attributes.length > 0) {
    return `Role '${role.name}' has ${role.attributes.join(
      ', ',
    )}: what can be made with it would outlast the lease.`;
  }
  if (role.gives) {
    return `Role '${role.name}' may give role '${role.gives}' to others, which would outlast the lease.`;
  }
  if (SUPERUSER_LIKE.includes(role.name)) {
    return `Role '${role.name}' is as good as superuser and is never given.`;
  }
  if (role.name === connection.reassignTo) {
    return `Role '${role.name}' keeps what ended leases leave behind and is never given.`;
  }
  return undefined;
}

/**
 * The ceiling lets owners of ephemeral databases through by their names alone. One of those that carries another mark, or none, is anybody's: a login
 * role of another lease, or what somebody has given such a name.
 */
async function foreignOwner(
  session: Session,
  { params, mark }: { params: RoleParams; mark: OwnershipMark },
): Promise<string | undefined> {
  const names = params.memberOf.filter(isOfDatabase);
  const rows = await session.query<{ name: string; comment: string | null }>(
    `SELECT rolname::text AS name, shobj_description(oid, 'pg_authid') AS comment
       FROM pg_roles WHERE rolname = ANY ($1::text[])`,
    [names],
  );
  return rows.find(({ comment }) => {
    const found = parseMark('database', comment);
    return !found || !isOurs(found, mark);
  })?.name;
}

/**
 * Why a lease with these roles cannot be given, or could not be taken back whole; undefined when it can. Within a transaction.
 */
export async function preflight(
  session: Session,
  options: {
    params: RoleParams;
    connection: PostgresConnection;
    mark: OwnershipMark;
  },
): Promise<string | undefined> {
  const { params, connection, mark } = options;
  const missing = await missingRole(session, params.memberOf);
  if (missing !== undefined) {
    return `Role '${missing}' does not exist.`;
  }
  const foreign = await foreignOwner(session, { params, mark });
  if (foreign !== undefined) {
    return `Role '${foreign}' is not the owner of an ephemeral database of this installation and is never given.`;
  }
  for (const role of await reachableRoles(session, params.memberOf)) {
    const refusal = refusalOf(role, connection);
    if (refusal) {
      return refusal;
    }
  }
  return await reassignToProblem(session, connection);
}
