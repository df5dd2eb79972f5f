import { Answer, Offers } from '@backstage-jit/plugin-jit-common';
import { Live, useLive } from './useLive';

/** What the reader could lease on an entity, or without one. */
export function useOffers(entityRef?: string): Live<Answer<Offers>> {
  return useLive({
    key: entityRef ?? '',
    load: (api, signal) => api.listOffers({ entityRef }, { signal }),
  });
}
