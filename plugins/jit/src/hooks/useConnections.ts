import { Answer, ConnectionHealth } from '@backstage-jit/plugin-jit-common';
import { Live, useLive } from './useLive';

/** How the systems behind the portal are; for operators alone. */
export function useConnections(): Live<Answer<{ items: ConnectionHealth[] }>> {
  return useLive({
    key: 'connections',
    load: (api, signal) => api.listConnections({ signal }),
  });
}
