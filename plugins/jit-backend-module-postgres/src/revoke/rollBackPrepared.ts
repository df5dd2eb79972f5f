import { PostgresCall } from '../connection/PostgresCall';
import { Session } from '../connection/Session';
import { sqlState } from '../connection/sqlState';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { ident, literal } from '../sql/quote';

/**
 * Rolls back what a role prepared for a two-phase commit, or what was prepared in a database: it outlives the session, keeps its locks, and
 * could be committed later.
 *
 * Only the one who prepared it may, so the admin assumes that role for that one statement, in a session of its own. What others prepared than
 * those whom it may assume stays.
 *
 * @returns a line for each
 */
export async function rollBackPrepared(
  call: PostgresCall,
  options: { session: Session; role?: { name: string }; database?: string },
): Promise<string[]> {
  const { session, role, database: within } = options;
  const prepared = await transaction(session, { readOnly: true }, () =>
    session.query<{ gid: string; database: string; owner: string }>(
      `SELECT gid, database::text AS database, owner::text AS owner
         FROM pg_prepared_xacts
        WHERE owner = coalesce($1, owner) AND database = coalesce($2, database)
          AND pg_has_role(owner, 'SET')
        ORDER BY prepared`,
      [role?.name, within],
    ),
  );
  const report: string[] = [];
  for (const { gid, database, owner } of prepared) {
    await withSession({ ...call, database, purpose: 'join' }, async own => {
      await own.query(`SET ROLE ${ident(owner)}`);
      try {
        await own.query(`ROLLBACK PREPARED ${literal(gid)}`);
      } catch (error) {
        // Somebody else has finished it meanwhile.
        if (sqlState(error) !== '42704') {
          throw error;
        }
      }
    });
    report.push(`${database}: rolled back prepared transaction ${gid}`);
  }
  return report;
}
