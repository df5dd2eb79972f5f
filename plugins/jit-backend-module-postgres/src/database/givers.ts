import { Session } from '../connection/Session';
import { PostgresConnection } from '../connection/connectionSchema';

/** A role that owns things in a database. */
export interface Giver {
  oid: number;
  name: string;
  /**
   * Whether what it owns there can be handed to the holder of a copy. Not of a role that owns a whole database or the like: a hand-over would take
   * that along. Nor of one that the admin is no member of, or that the connection itself works with.
   */
  gives: boolean;
}

/** The roles that own things in a database, from the list that the server keeps for all of its databases. Within a transaction. */
export async function findGivers(
  session: Session,
  options: {
    database: number;
    connection: PostgresConnection;
    /** To leave out. */
    except?: number[];
  },
): Promise<Giver[]> {
  const { database, connection, except = [] } = options;
  return await session.query<Giver & Record<string, unknown>>(
    `SELECT r.oid, r.rolname::text AS name,
            pg_has_role(r.oid, 'USAGE') AND NOT r.rolsuper
              AND r.rolname <> ALL ($2::text[])
              AND NOT EXISTS (SELECT FROM pg_shdepend s
                               WHERE s.refclassid = 'pg_authid'::regclass
                                 AND s.refobjid = r.oid AND s.dbid = 0
                                 AND s.deptype = 'o') AS gives
       FROM pg_roles r
      WHERE r.oid <> ALL ($3::oid[])
        AND EXISTS (SELECT FROM pg_shdepend d
                     WHERE d.refclassid = 'pg_authid'::regclass
                       AND d.refobjid = r.oid AND d.dbid = $1::oid
                       AND d.deptype = 'o')
      ORDER BY r.rolname`,
    [database, [connection.user, connection.reassignTo], except],
  );
}
