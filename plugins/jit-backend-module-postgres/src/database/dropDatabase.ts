import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { sqlState } from '../connection/sqlState';
import { transaction } from '../connection/transaction';
import { ident } from '../sql/quote';
import { blockersOf } from './blockersOf';
import { LeaseDatabase } from './findLease';
import { DatabaseCall } from './types';

/** What stands in the way of a drop: in use, or a session that is not ours to end. */
const BLOCKED = ['55006', '42501'];

/**
 * Drops the database, with the sessions that may have come into it at the last moment.
 *
 * @returns whether it is gone; when not, the server is at work on it
 */
export async function dropDatabase(
  call: DatabaseCall,
  options: { session: Session; database: LeaseDatabase },
): Promise<boolean> {
  const { session, database } = options;
  try {
    return await call.long.run(call, {
      kind: 'DROP DATABASE',
      sql: `DROP DATABASE IF EXISTS ${ident(database.name)} WITH (FORCE)`,
      explain: error =>
        sqlState(error)
          ? error
          : JitProviderError.unknownOutcome(
              `PostgreSQL of connection '${call.ctx.connection.name}' did not answer whether it dropped the database.`,
              error,
            ),
    });
  } catch (error) {
    const state =
      JitProviderError.is(error) && sqlState(error.cause ?? undefined);
    if (!state || !BLOCKED.includes(state)) {
      throw error;
    }
    const blockers = await transaction(session, { readOnly: true }, () =>
      blockersOf(session, database),
    );
    throw JitProviderError.retryable(
      `Database '${database.name}' cannot be dropped yet. ${
        blockers.join('. ') || 'It is in use'
      }.`,
      error,
    );
  }
}
