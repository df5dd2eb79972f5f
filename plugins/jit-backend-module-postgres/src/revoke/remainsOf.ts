import { Session } from '../connection/Session';

interface Row {
  database: string | null;
  allowsConnections: boolean | null;
  things: string[] | null;
}

/** How many shared things are named; the rest is counted. */
const NAMED = 5;

/**
 * Where the server says that a role is still tied to something: a line a database, and the databases and the like that it owns. It is
 * what `DROP ROLE` itself goes by. Within a transaction.
 */
export async function remainsOf(
  session: Session,
  role: { oid: number },
): Promise<string[]> {
  const rows = await session.query<Row>(
    `SELECT b.datname::text AS database, b.datallowconn AS "allowsConnections",
            CASE WHEN d.dbid = 0 THEN
              array_agg(DISTINCT pg_describe_object(d.classid, d.objid, 0))
            END AS things
       FROM pg_shdepend d LEFT JOIN pg_database b ON b.oid = d.dbid
      WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = $1::oid
      GROUP BY d.dbid, b.datname, b.datallowconn
      ORDER BY 1 NULLS FIRST`,
    [role.oid],
  );
  return rows.flatMap(row => {
    if (row.things) {
      const more = row.things.length - NAMED;
      const named = row.things.slice(0, NAMED).join(', ');
      return [`It is tied to ${named}${more > 0 ? ` and ${more} more` : ''}`];
    }
    return row.database === null
      ? []
      : [
          `It owns things or has rights in database '${row.database}'${
            row.allowsConnections ? '' : ', which takes no connections'
          }`,
        ];
  });
}
