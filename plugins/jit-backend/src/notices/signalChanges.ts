import { SignalsService } from '@backstage/plugin-signals-node';
import { LeaseRecord } from '../leases/records';

/**
 * Tells open browsers of the people concerned that a lease has changed. It carries ids only: what may be seen is read, and checked, over the API.
 * Lost signals do no harm, the portal also polls.
 */
export function signalChanges(
  signals: SignalsService,
): (leases: LeaseRecord[]) => void {
  return leases => {
    for (const lease of leases) {
      signals
        .publish({
          recipients: {
            type: 'user',
            entityRef: [...new Set([lease.subject, lease.requester])],
          },
          channel: 'jit',
          message: { leaseId: lease.id, state: lease.state },
        })
        .catch(() => {});
    }
  };
}
