import { ErrorRequestHandler } from 'express';
import { TooManyRequestsError } from '../rights/TooManyRequestsError';

/** Tells who asked too often in how many seconds it is worth asking again. */
export const sayWhenToRetry: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof TooManyRequestsError && !res.headersSent) {
    const seconds = Math.max(1, Math.ceil(error.retryAfterMs / 1_000));
    res.set('Retry-After', String(seconds));
  }
  next(error);
};
