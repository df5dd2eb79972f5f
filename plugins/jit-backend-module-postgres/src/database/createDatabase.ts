import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { sqlState } from '../connection/sqlState';
import { ident } from '../sql/quote';
import { DatabaseCall } from './types';

/** Nobody may connect to it, so it has not changed since initdb and is never in use. */
const EMPTY = 'template0';

/** The errors that say something of this one statement, each with what to do. */
function explain(
  error: unknown,
  options: { template?: string; connection: string },
): unknown {
  const { template, connection } = options;
  const where = `PostgreSQL of connection '${connection}'`;
  switch (sqlState(error)) {
    case '55006':
      return JitProviderError.retryable(
        `Template database '${template}' is in use: a session is open in it. End it; best let nobody connect to a template.`,
        error,
      );
    case '3D000':
      return JitProviderError.misconfigured(
        `Template database '${template}' does not exist.`,
        error,
      );
    case '42501':
      return JitProviderError.misconfigured(
        `${where} refused it: the admin may not make databases (CREATEDB), or not copy '${template}' (IS_TEMPLATE).`,
        error,
      );
    case '53100':
    case '58030':
      return JitProviderError.retryable(
        `${where} has no room for the database: its disk is full. Make room; what was begun was removed.`,
        error,
      );
    case '42P04':
      return JitProviderError.retryable(
        'Somebody made a database of that name at that moment.',
        error,
      );
    default:
      return sqlState(error)
        ? error
        : JitProviderError.unknownOutcome(
            `${where} did not answer whether it made the database.`,
            error,
          );
  }
}

/**
 * Makes the database, closed: nobody may connect before PUBLIC has been shut out. It belongs to the marked keeper from the first moment.
 *
 * @returns whether it is made; when not, the server is at work on it
 */
export async function createDatabase(
  call: DatabaseCall,
  options: { keeper: string },
): Promise<boolean> {
  const { ctx, long } = call;
  const { template } = ctx.params;
  return await long.run(call, {
    kind: 'CREATE DATABASE',
    sql: `CREATE DATABASE ${ident(ctx.externalName)} OWNER ${ident(
      options.keeper,
    )} TEMPLATE ${ident(template ?? EMPTY)} ALLOW_CONNECTIONS false`,
    explain: error =>
      explain(error, { template, connection: ctx.connection.name }),
  });
}
