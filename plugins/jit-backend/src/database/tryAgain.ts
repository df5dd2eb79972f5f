import { ConflictError } from '@backstage/errors';

const TRIES = 5;

/**
 * Does a piece of work, and anew whenever it ends with an error of this class: it was decided by a look at what others have changed since.
 *
 * @throws ConflictError with the refusal when that happens again and again
 */
export async function tryAgain<T>(
  work: () => Promise<T>,
  options: { on: new () => Error; refusal: string },
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof options.on)) {
        throw error;
      }
      if (tries === TRIES) {
        throw new ConflictError(options.refusal);
      }
    }
  }
}
