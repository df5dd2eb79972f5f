import {
  AccessRequest,
  Answer,
  Lease,
  PresenceEntry,
} from '@backstage-jit/plugin-jit-common';
import { Live, useLive } from './useLive';

/** Enough to tell whether somebody has been there before. */
const NEWEST = 50;

/** What the subject of a request has and had on its targets, as far as the reader may see it. */
export interface Holdings {
  leases: Lease[];
  /** Only the subject's. */
  presence: PresenceEntry[];
  /** Whether there are more leases than these. */
  more: boolean;
}

export function useHoldings(request: AccessRequest): Live<Answer<Holdings>> {
  const { id, subject, asked = [] } = request;
  const targets = [
    ...new Set(asked.flatMap(({ entityRef }) => entityRef ?? [])),
  ];
  return useLive({
    key: JSON.stringify([id, subject, targets]),
    load: async (api, signal) => {
      const pages = await Promise.all(
        (targets.length ? targets : [undefined]).map(entityRef =>
          api.listLeases({ subject, entityRef, limit: NEWEST }, { signal }),
        ),
      );
      const present = await Promise.all(
        targets.map(entityRef => api.listPresence({ entityRef }, { signal })),
      );
      return {
        leases: pages.flatMap(({ items }) => items),
        presence: present
          .flatMap(({ items }) => items)
          .filter(entry => entry.subject === subject),
        more: pages.some(({ nextCursor }) => nextCursor),
        now: pages[0].now,
      };
    },
  });
}
