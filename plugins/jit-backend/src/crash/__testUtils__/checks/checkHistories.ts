import { Ledger } from '../../../database/Ledger';
import { assertTransition } from '../../../leases/states';
import { LedgerState } from '../readLedger';

/** Every history is whole, signed, and a life that a lease may have. */
export function checkHistories(ledger: Ledger, state: LedgerState): string[] {
  return state.leases.flatMap(lease => {
    const events = state.events.get(lease.id) ?? [];
    const problems: string[] = [];
    const fault = ledger.chain.verify(events, lease);
    if (fault) {
      problems.push(
        `The history of lease ${lease.id} is broken: ${JSON.stringify(fault)}`,
      );
    }
    let at = 'requested';
    for (const { from, to } of events) {
      if (to === undefined || to === 'requested') {
        continue;
      }
      if (from !== at) {
        problems.push(`Lease ${lease.id} went from ${from} while it was ${at}`);
      }
      try {
        assertTransition(from!, to);
      } catch (error) {
        problems.push(`Lease ${lease.id}: ${(error as Error).message}`);
      }
      at = to;
    }
    if (at !== lease.state) {
      problems.push(
        `Lease ${lease.id} is ${lease.state}, and its history ends with ${at}`,
      );
    }
    return problems;
  });
}
