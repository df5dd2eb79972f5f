import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Session } from './Session';

/** A session whose COMMIT was sent and not answered. */
const inDoubt = new WeakSet<Session>();

/** Whether a transaction of the session may have taken effect, or may yet, though nothing was heard of it. */
export function isInDoubt(session: Session): boolean {
  return inDoubt.has(session);
}

export interface TransactionOptions {
  readOnly?: boolean;
  /** How long to wait for one lock: while waiting, others wait behind us. */
  lockTimeoutMs?: number;
}

/** The server gives up this much before we do, so that we hear of it. */
const MARGIN_MS = 250;

/**
 * Runs in one transaction, with limits by which the server itself ends what is not done at the deadline: a COMMIT that arrives late finds
 * no transaction.
 *
 * Names are looked up in `pg_catalog` alone: what a holder made in a schema of the database is never run by the admin.
 */
export async function transaction<T>(
  session: Session,
  options: TransactionOptions,
  run: () => Promise<T>,
): Promise<T> {
  const remaining = Math.floor(session.remaining() - MARGIN_MS);
  if (remaining <= 0) {
    throw JitProviderError.retryable(
      'The time for this step was over before it was done.',
    );
  }
  const lockTimeout = Math.min(remaining, options.lockTimeoutMs ?? remaining);
  await session.query(
    [
      `BEGIN ISOLATION LEVEL READ COMMITTED ${
        options.readOnly ? 'READ ONLY' : 'READ WRITE'
      }`,
      'SET LOCAL search_path = pg_catalog',
      `SET LOCAL statement_timeout = ${remaining}`,
      `SET LOCAL lock_timeout = ${lockTimeout}`,
      `SET LOCAL idle_in_transaction_session_timeout = ${remaining}`,
    ].join('; '),
  );

  let result: T;
  try {
    result = await run();
  } catch (error) {
    if (!session.broken()) {
      // Closing the session ends the transaction too, should this fail.
      await session.query('ROLLBACK').catch(() => session.destroy());
    }
    throw error;
  }

  if (!options.readOnly) {
    inDoubt.add(session);
  }
  await session.query('COMMIT');
  inDoubt.delete(session);
  return result;
}
