import { Answer, CreatedRequest } from '@backstage-jit/plugin-jit-common';
import { CALM_MS, Live, useLive } from './useLive';

/** Nothing more happens to a request that is decided. */
const DECIDED_MS = 600_000;

/** A request with its approval steps and its leases. */
export function useRequest(requestId: string): Live<Answer<CreatedRequest>> {
  return useLive({
    key: requestId,
    load: (api, signal) => api.getRequest(requestId, { signal }),
    everyMs: ({ request }) =>
      request.state === 'pending' ? CALM_MS : DECIDED_MS,
  });
}
