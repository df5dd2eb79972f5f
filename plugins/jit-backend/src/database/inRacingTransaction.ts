import { ConflictError } from '@backstage/errors';
import { Ledger } from './Ledger';
import { inTransaction } from './transaction';

const TRIES = 5;

/** Somebody else wrote between our look and our write: what was decided by the look has to be decided anew. */
export class LostRace extends Error {}

/**
 * Runs a piece of work in a transaction, anew when it has lost a race.
 *
 * @throws ConflictError when it lost again and again
 */
export async function inRacingTransaction<T>(
  ledger: Ledger,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(ledger, work);
    } catch (error) {
      if (!(error instanceof LostRace)) {
        throw error;
      }
      if (tries === TRIES) {
        throw new ConflictError(
          'The lease is being changed by somebody else at this moment: try again',
        );
      }
    }
  }
}
