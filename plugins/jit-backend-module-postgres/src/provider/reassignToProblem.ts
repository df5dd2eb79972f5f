import { PostgresConnection } from '../connection/connectionSchema';
import { Session } from '../connection/Session';
import { ident } from '../sql/quote';

interface Row {
  canLogin: boolean;
  attributes: string[];
  memberOf: string | null;
  usable: boolean;
}

/**
 * What is wrong with the role that gets what ended leases leave behind, with the statement that mends it; within a transaction.
 *
 * It must be nobody and able to do nothing: what a holder left behind runs, where it runs, with the rights of its owner.
 */
export async function reassignToProblem(
  session: Session,
  connection: PostgresConnection,
): Promise<string | undefined> {
  const { reassignTo, user } = connection;
  const [row] = await session.query<Row>(
    `SELECT r.rolcanlogin AS "canLogin",
            array_remove(ARRAY[
              CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
              CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
              CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
              CASE WHEN r.rolreplication THEN 'REPLICATION' END,
              CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END
            ], NULL) AS attributes,
            (SELECT g.rolname::text
               FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
              WHERE m.member = r.oid LIMIT 1) AS "memberOf",
            pg_has_role(r.oid, 'USAGE') AND pg_has_role(r.oid, 'SET') AS usable
       FROM pg_roles r WHERE r.rolname = $1`,
    [reassignTo],
  );
  const name = `Role '${reassignTo}' (reassignTo)`;
  if (!row) {
    return `${name} does not exist: CREATE ROLE ${ident(reassignTo)} NOLOGIN;`;
  }
  if (row.canLogin) {
    return `${name} may log in: ALTER ROLE ${ident(reassignTo)} NOLOGIN;`;
  }
  if (row.attributes.length > 0) {
    return `${name} must be able to do nothing, and has ${row.attributes.join(
      ', ',
    )}.`;
  }
  if (row.memberOf !== null) {
    return `${name} must be able to do nothing, and is a member of role '${row.memberOf}'.`;
  }
  if (!row.usable) {
    return `The admin is not a member of role '${reassignTo}' (reassignTo): GRANT ${ident(
      reassignTo,
    )} TO ${ident(user)};`;
  }
  return undefined;
}
