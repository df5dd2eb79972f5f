import { Answer, PresenceEntry } from '@backstage-jit/plugin-jit-common';
import { Live, useLive } from './useLive';

/** Who is in. */
export function usePresence(
  entityRef: string,
): Live<Answer<{ items: PresenceEntry[] }>> {
  return useLive({
    key: entityRef,
    load: (api, signal) => api.listPresence({ entityRef }, { signal }),
  });
}
