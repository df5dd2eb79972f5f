import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';

/** What a decision says, or undefined when it refuses. */
export function unlessRefused<T>(decide: () => T): T | undefined {
  const { stackTraceLimit } = Error;
  // Nobody reads where it was refused, and to find that out takes longer than everything else.
  Error.stackTraceLimit = 0;
  try {
    return decide();
  } catch (error) {
    if (
      error instanceof ConflictError ||
      error instanceof InputError ||
      error instanceof NotAllowedError
    ) {
      return undefined;
    }
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
