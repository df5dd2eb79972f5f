import { Ledger } from './Ledger';
import { inTransaction } from './transaction';
import { tryAgain } from './tryAgain';

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
  return await tryAgain(() => inTransaction(ledger, work), {
    on: LostRace,
    refusal:
      'The lease is being changed by somebody else at this moment: try again',
  });
}
