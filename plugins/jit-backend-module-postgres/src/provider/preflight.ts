import { Session } from '../connection/Session';
import { RoleParams } from './paramsSchema';
import { PostgresConnection } from '../connection/connectionSchema';
import { SUPERUSER_LIKE } from './refusedByCeiling';
import { reassignToProblem } from './reassignToProblem';

export interface Preflight {
  /** Why a lease with these roles cannot be given. */
  refusal?: string;
  /** Those that own things: what a holder does to them as their owner outlasts the lease. */
  owners: string[];
}

interface Reachable {
  name: string;
  attributes: string[];
  gives: string | null;
  owns: boolean;
}

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

/** The roles, and all that they are members of in turn. */
async function reachable(
  session: Session,
  roles: string[],
): Promise<Reachable[]> {
  return await session.query<Reachable>(
    `WITH RECURSIVE reach AS (
       SELECT oid FROM pg_roles WHERE rolname = ANY ($1::text[])
       UNION
       SELECT m.roleid FROM pg_auth_members m JOIN reach ON m.member = reach.oid
     )
     SELECT r.rolname::text AS name,
            array_remove(ARRAY[
              CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
              CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
              CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
              CASE WHEN r.rolreplication THEN 'REPLICATION' END
            ], NULL) AS attributes,
            (SELECT given.rolname::text
               FROM pg_auth_members m JOIN pg_roles given ON given.oid = m.roleid
              WHERE m.member = r.oid AND m.admin_option
              LIMIT 1) AS gives,
            EXISTS (SELECT FROM pg_shdepend d
                     WHERE d.refclassid = 'pg_authid'::regclass
                       AND d.refobjid = r.oid AND d.deptype = 'o') AS owns
       FROM reach JOIN pg_roles r USING (oid)
      ORDER BY 1`,
    [roles],
  );
}

function refusalOf(
  role: Reachable,
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

/** Looks whether the roles can be given and taken back; within a transaction. */
export async function preflight(
  session: Session,
  options: { params: RoleParams; connection: PostgresConnection },
): Promise<Preflight> {
  const { params, connection } = options;
  const missing = await missingRole(session, params.memberOf);
  if (missing !== undefined) {
    return { refusal: `Role '${missing}' does not exist.`, owners: [] };
  }
  const roles = await reachable(session, params.memberOf);
  const refusals = roles
    .map(role => refusalOf(role, connection))
    .filter(refusal => refusal !== undefined);
  return {
    // A lease that could not be taken back whole is not given.
    refusal: refusals[0] ?? (await reassignToProblem(session, connection)),
    owners: roles.filter(role => role.owns).map(role => role.name),
  };
}
