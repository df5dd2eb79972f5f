import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { PostgresCall } from '../connection/PostgresCall';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { LeaseRole } from '../roles/findMarkedRole';
import { cleanDatabase } from './cleanDatabase';

interface Place {
  database: string;
  allowsConnections: boolean;
}

/**
 * The databases where the role owns something or has a right. The server keeps this list for all of its databases, those that take no
 * connections too, and `DROP ROLE` goes by it; so the others need not be looked into. Rights on shared things are taken back from
 * the admin's database.
 */
async function placesOf(
  session: Session,
  options: { role: LeaseRole; adminDatabase: string },
): Promise<Place[]> {
  return await transaction(session, { readOnly: true }, () =>
    session.query<Place & Record<string, unknown>>(
      `SELECT b.datname::text AS database,
              b.datallowconn AND b.datconnlimit <> -2 AS "allowsConnections"
         FROM pg_database b
        WHERE EXISTS (
          SELECT FROM pg_shdepend d
           WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = $1::oid
             AND (d.dbid = b.oid OR (d.dbid = 0 AND b.datname = $2)))
        ORDER BY b.oid`,
      [options.role.oid, options.adminDatabase],
    ),
  );
}

/**
 * Takes from the role all that it has anywhere. One database that fails does not keep the others from it.
 *
 * @throws JitProviderError the first failure, when all were tried
 */
export async function cleanDatabases(
  call: PostgresCall,
  options: { session: Session; role: LeaseRole; report: string[] },
): Promise<void> {
  const { session, role, report } = options;
  const connection = call.ctx.connection.config;
  const failures: unknown[] = [];
  const places = await placesOf(session, {
    role,
    adminDatabase: connection.database,
  });
  for (const { database, allowsConnections } of places) {
    if (!allowsConnections) {
      failures.push(
        JitProviderError.misconfigured(
          `The lease owns things or has rights in database '${database}', which takes no connections: allow them for a while, or drop it.`,
        ),
      );
      continue;
    }
    try {
      await withSession({ ...call, database, purpose: 'join' }, own =>
        cleanDatabase({ session: own, role, connection, report }),
      );
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}
