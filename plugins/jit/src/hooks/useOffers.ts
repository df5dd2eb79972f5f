import { Answer, ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { Live, useLive } from './useLive';

/** What the reader could lease on an entity. */
export function useOffers(
  entityRef: string,
): Live<Answer<{ items: ProfileOffer[] }>> {
  return useLive({
    key: entityRef,
    load: (api, signal) => api.listOffers({ entityRef }, { signal }),
  });
}
