/** Of Node, when there is no way to a server or it broke. */
const BROKEN = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/**
 * Of PostgreSQL: connections (class 08), no room for another session, and a server that stops, restarts or starts. See
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const AWAY = /^(08...|53300|57P0[123])$/;

/** What pg says, without a code, of a session that ended under a statement or before it. Knex puts the statement before it. */
const ENDED =
  /(^| - )(Connection terminated( unexpectedly)?|Client has encountered a connection error and is not queryable|Client was closed and is not queryable)$/;

/** Whether a statement failed because the ledger cannot be reached: the same one may well work in a moment. */
export function isLedgerAway(error: unknown): boolean {
  const { name, code, message } = (error ?? {}) as Record<string, unknown>;
  return (
    // No session came free in time, or none could be opened.
    name === 'KnexTimeoutError' ||
    BROKEN.includes(String(code)) ||
    AWAY.test(String(code)) ||
    ENDED.test(String(message))
  );
}
