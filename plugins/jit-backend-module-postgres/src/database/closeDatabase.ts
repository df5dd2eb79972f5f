import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { rollBackPrepared } from '../revoke/rollBackPrepared';
import { ident } from '../sql/quote';
import { endDatabaseSessions } from './endDatabaseSessions';
import { LeaseDatabase } from './findLease';
import { DatabaseCall } from './types';

/** Takes from everybody the right to connect. Only the keeper's is left, as which nobody can log in but by the admin, and superusers'. */
async function shutOut(
  session: Session,
  database: LeaseDatabase,
): Promise<void> {
  const rows = await session.query<{ name: string }>(
    `SELECT DISTINCT r.rolname::text AS name
       FROM pg_database b, aclexplode(b.datacl) AS a
       JOIN pg_roles r ON r.oid = a.grantee
      WHERE b.oid = $1::oid AND a.grantee <> b.datdba
      ORDER BY 1`,
    [database.oid],
  );
  const from = ['PUBLIC', ...rows.map(row => ident(row.name))].join(', ');
  await session.query(
    `REVOKE ALL ON DATABASE ${ident(database.name)} FROM ${from} CASCADE`,
  );
}

/**
 * Closes the database, so that nobody is in it and nobody gets in: also one who reconnects faster than he is ended.
 *
 * What was prepared for a two-phase commit can be rolled back only from within, so the door is shut to connections as a whole at the very last.
 *
 * @returns how many sessions are left when the time is over; and what was done, a line each
 */
export async function closeDatabase(
  call: DatabaseCall,
  options: { session: Session; database: LeaseDatabase; report: string[] },
): Promise<number> {
  const { session, database, report } = options;
  if (database.allowsConnections) {
    await transaction(session, {}, () => shutOut(session, database));
  }
  const left = await endDatabaseSessions(session, database);
  if (left > 0) {
    return left;
  }
  if (database.allowsConnections) {
    report.push(
      ...(await rollBackPrepared(call, { session, database: database.name })),
    );
    await transaction(session, {}, () =>
      session.query(
        `ALTER DATABASE ${ident(database.name)} ALLOW_CONNECTIONS false`,
      ),
    );
  }
  return 0;
}
