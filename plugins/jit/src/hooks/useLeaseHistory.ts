import { Answer, Lease, LeaseEvent } from '@backstage-jit/plugin-jit-common';
import { nextLookMs } from './useLeases';
import { Live, useLive } from './useLive';

/** One lease with all that happened to it, the oldest first. */
export function useLeaseHistory(
  leaseId: string,
): Live<Answer<{ lease: Lease; events: LeaseEvent[] }>> {
  return useLive({
    key: leaseId,
    load: async (api, signal) => {
      const [{ lease, now }, { items }] = await Promise.all([
        api.getLease(leaseId, { signal }),
        api.listLeaseEvents(leaseId, { signal }),
      ]);
      return { lease, events: items, now };
    },
    everyMs: ({ lease }, now) => nextLookMs([lease], now),
  });
}
