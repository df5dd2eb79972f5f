import { ConflictError, InputError } from '@backstage/errors';

/** What a decision says, or undefined when it refuses. */
export function unlessRefused<T>(decide: () => T): T | undefined {
  try {
    return decide();
  } catch (error) {
    if (error instanceof ConflictError || error instanceof InputError) {
      return undefined;
    }
    throw error;
  }
}
