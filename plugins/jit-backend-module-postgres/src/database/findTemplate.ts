import { Session } from '../connection/Session';

export interface Template {
  oid: number;
  /** Whether the admin may copy it. */
  usable: boolean;
  /** How much there is to copy, in words; null when the admin may not know. */
  size: string | null;
}

/** A database to copy, seen without going into it: a session in it would be in the way of every copy. Within a transaction. */
export async function findTemplate(
  session: Session,
  name: string,
): Promise<Template | undefined> {
  const [row] = await session.query<Template & Record<string, unknown>>(
    `SELECT oid, datistemplate OR pg_has_role(datdba, 'USAGE') AS usable,
            CASE WHEN has_database_privilege(oid, 'CONNECT')
                   OR pg_has_role('pg_read_all_stats', 'USAGE')
                 THEN pg_size_pretty(pg_database_size(oid)) END AS size
       FROM pg_database WHERE datname = $1`,
    [name],
  );
  return row;
}
