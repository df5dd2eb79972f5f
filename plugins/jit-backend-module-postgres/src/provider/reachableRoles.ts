import { Session } from '../connection/Session';

export interface ReachableRole {
  name: string;
  /** Those by which a holder could make what outlasts the lease. */
  attributes: string[];
  /** A role that it may give to others. */
  gives: string | null;
  /** Whether it owns anything in any database. */
  owns: boolean;
}

/** The roles, and all that they are members of in turn. */
export async function reachableRoles(
  session: Session,
  roles: string[],
): Promise<ReachableRole[]> {
  return await session.query<ReachableRole>(
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
