import { Health } from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from '../connection/connectionSchema';
import { Session } from '../connection/Session';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { ident } from '../sql/quote';
import { reassignToProblem } from './reassignToProblem';
import { ConnectionCall } from './types';

async function adminProblems(
  session: Session,
  user: string,
): Promise<string[]> {
  const [row] = await session.query<{ create: boolean; signal: boolean }>(
    `SELECT r.rolcreaterole OR r.rolsuper AS create,
            pg_has_role('pg_signal_backend', 'USAGE') AS signal
       FROM pg_roles r WHERE r.rolname = current_user`,
  );
  const admin = ident(user);
  return [
    ...(row.create
      ? []
      : [`The admin may not make roles: ALTER ROLE ${admin} CREATEROLE;`]),
    ...(row.signal
      ? []
      : [
          `The admin may not end sessions: GRANT pg_signal_backend TO ${admin};`,
        ]),
  ];
}

async function ceilingProblems(
  session: Session,
  connection: PostgresConnection,
): Promise<string[]> {
  const rows = await session.query<{ name: string; there: boolean }>(
    `SELECT w.name, r.oid IS NOT NULL AS there
       FROM unnest($1::text[]) AS w(name)
       LEFT JOIN pg_roles r ON r.rolname = w.name
      WHERE r.oid IS NULL
         OR NOT pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION')`,
    [connection.ceiling.roles],
  );
  return rows.map(({ name, there }) =>
    there
      ? `The admin may not give role '${name}': GRANT ${ident(name)} TO ${ident(
          connection.user,
        )} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;`
      : `Role '${name}' of the ceiling does not exist.`,
  );
}

/** Only where a lease can get in: some hosts have a database of their own that nobody may enter. */
async function databaseProblems(
  session: Session,
  connection: PostgresConnection,
): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    `SELECT b.datname::text AS name FROM pg_database b
      WHERE b.datallowconn AND b.datconnlimit <> -2
        AND NOT has_database_privilege(b.oid, 'CONNECT')
        AND EXISTS (SELECT FROM pg_roles r
                     WHERE r.rolname = ANY ($1::text[])
                       AND has_database_privilege(r.oid, b.oid, 'CONNECT'))
      ORDER BY 1`,
    [connection.ceiling.roles],
  );
  return rows.map(
    ({ name }) =>
      `The admin may not connect to database '${name}': GRANT CONNECT ON DATABASE ${ident(
        name,
      )} TO ${ident(connection.user)};`,
  );
}

/** Looks for each right that the admin needs, and names the statement that gives what is missing. */
export async function health(call: ConnectionCall): Promise<Health> {
  const { config } = call.ctx.connection;
  const problems = await withSession(call, session =>
    transaction(session, { readOnly: true }, async () => {
      const reassign = await reassignToProblem(session, config);
      return [
        ...(await adminProblems(session, config.user)),
        ...(await ceilingProblems(session, config)),
        ...(reassign ? [reassign] : []),
        ...(await databaseProblems(session, config)),
      ];
    }),
  );
  return problems.length > 0
    ? { ok: false, message: problems.join('\n') }
    : { ok: true };
}
