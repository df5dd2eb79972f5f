import { Ledger } from '../database/Ledger';
import { removeUnusedTargets } from '../database/operations/targets/removeUnusedTargets';
import { removeEnded } from '../database/operations/trail/removeEnded';

const BATCH = 200;

/**
 * Removes the leases whose time to be kept is over, in short transactions. The next checkpoint tells of them. With the last lease on
 * a target goes the target.
 *
 * @returns how many
 */
export async function removeOldLeases(options: {
  ledger: Ledger;
  keepMs: number;
  signal?: AbortSignal;
}): Promise<number> {
  const { ledger, keepMs, signal } = options;
  const before = (await ledger.clock.now(ledger.knex)) - keepMs;
  let removed = 0;
  for (;;) {
    signal?.throwIfAborted();
    const batch = await removeEnded(ledger, { before, limit: BATCH });
    removed += batch;
    if (batch < BATCH) {
      await removeUnusedTargets(ledger);
      return removed;
    }
  }
}
