import { Session } from '../connection/Session';
import { LeaseDatabase } from './findLease';

const NAMED = 5;

/** What keeps the database from being dropped and is not ours to end, a line each; within a transaction. */
export async function blockersOf(
  session: Session,
  database: LeaseDatabase,
): Promise<string[]> {
  const rows = await session.query<{ line: string }>(
    `SELECT 'A session of superuser ''' || a.usename || ''' is open in it: end it' AS line
       FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid AND r.rolsuper
      WHERE a.datid = $1::oid
     UNION ALL
     SELECT 'Role ''' || owner || ''' prepared transaction ''' || gid || ''' in it: roll it back or commit it'
       FROM pg_prepared_xacts WHERE database = $2 AND NOT pg_has_role(owner, 'SET')
     UNION ALL
     SELECT 'Replication slot ''' || slot_name || ''' on it is active: stop what reads it'
       FROM pg_replication_slots WHERE database = $2 AND active
     UNION ALL
     SELECT 'Subscription ''' || subname || ''' is in it: drop it'
       FROM pg_subscription WHERE subdbid = $1::oid
     LIMIT $3`,
    [database.oid, database.name, NAMED],
  );
  return [...new Set(rows.map(row => row.line))];
}
