import { LeaseRole } from '../provider/findRole';
import { RoleCall } from '../provider/types';
import { Session } from '../connection/Session';
import { sqlState } from '../connection/sqlState';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { ident, literal } from '../sql/quote';

/**
 * Rolls back what the role prepared for a two-phase commit: it outlives the session, keeps its locks, and could be committed later.
 *
 * Only the one who prepared it may, so the admin assumes the role for that one statement, in a session of its own.
 *
 * @returns a line for each
 */
export async function rollBackPrepared(
  call: RoleCall,
  options: { session: Session; role: LeaseRole },
): Promise<string[]> {
  const { session, role } = options;
  const prepared = await transaction(session, { readOnly: true }, () =>
    session.query<{ gid: string; database: string }>(
      `SELECT gid, database::text AS database
         FROM pg_prepared_xacts WHERE owner = $1 ORDER BY prepared`,
      [role.name],
    ),
  );
  const report: string[] = [];
  for (const { gid, database } of prepared) {
    await withSession({ ...call, database, purpose: 'join' }, async own => {
      await own.query(`SET ROLE ${ident(role.name)}`);
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
