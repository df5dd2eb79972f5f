import { ConflictError } from '@backstage/errors';

/** What a decision says, or undefined when it refuses. */
export function unlessConflict<T>(decide: () => T): T | undefined {
  try {
    return decide();
  } catch (error) {
    if (error instanceof ConflictError) {
      return undefined;
    }
    throw error;
  }
}
