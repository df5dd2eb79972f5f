import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { ErrorRequestHandler } from 'express';
import { isLedgerAway } from '../database/isLedgerAway';

const SPOKEN = [
  'InputError',
  'AuthenticationError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
  'NotModifiedError',
  'NotImplementedError',
  'ServiceUnavailableError',
];

/** What a caller is told of an error that was not written for people. */
class UnforeseenError extends Error {
  constructor() {
    super('Something went wrong here; the log of the backend knows where');
  }
}

/**
 * Lets through the errors that were written for people. A driver's message holds whole statements with all their values: neither the
 * caller nor the log is told more of those than where they came from.
 */
export function toOwnWords(error: unknown, logger: LoggerService): Error {
  if (error instanceof Error && isSpoken(error)) {
    return error;
  }
  if (isLedgerAway(error)) {
    logger.warn('A call failed because the ledger does not answer');
    return new ServiceUnavailableError(
      'The ledger does not answer. Ask again in a moment: under the same Idempotency-Key nothing is made twice',
    );
  }
  const { name, code, stack } = (error ?? {}) as Record<string, unknown>;
  logger.error('A call failed for a reason that nobody foresaw', {
    name: String(name),
    code: String(code),
    stack: framesOf(stack),
  });
  return new UnforeseenError();
}

/** The same for the API. An answer that broke off in the middle must not be taken for whole. */
export function ownWordsOnly(logger: LoggerService): ErrorRequestHandler {
  return (error, _req, res, next) => {
    const spoken = toOwnWords(error, logger);
    if (spoken !== error && res.headersSent) {
      res.destroy();
      return;
    }
    next(spoken);
  };
}

function isSpoken(error: Error): boolean {
  return (
    error instanceof UnforeseenError ||
    SPOKEN.includes(error.name) ||
    'statusCode' in error ||
    'status' in error
  );
}

/** A stack begins with the message. */
function framesOf(stack: unknown): string {
  return String(stack)
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .join('\n');
}
