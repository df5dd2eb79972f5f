import { LoggerService } from '@backstage/backend-plugin-api';
import { ErrorRequestHandler } from 'express';

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

/**
 * Lets through the errors that were written for people. A driver's message holds whole statements with all their values: neither the
 * caller nor the log is told more of those than where they came from.
 */
export function ownWordsOnly(logger: LoggerService): ErrorRequestHandler {
  return (error, _req, res, next) => {
    if (
      error instanceof Error &&
      (SPOKEN.includes(error.name) ||
        'statusCode' in error ||
        'status' in error)
    ) {
      next(error);
      return;
    }
    const { name, code, stack } = (error ?? {}) as Record<string, unknown>;
    logger.error('A call failed for a reason that nobody foresaw', {
      name: String(name),
      code: String(code),
      stack: framesOf(stack),
    });
    if (res.headersSent) {
      // It broke off in the middle: the other side must not take it for whole.
      res.destroy();
      return;
    }
    next(
      new Error(
        'Something went wrong here; the log of the backend knows where',
      ),
    );
  };
}

/** A stack begins with the message. */
function framesOf(stack: unknown): string {
  return String(stack)
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .join('\n');
}
