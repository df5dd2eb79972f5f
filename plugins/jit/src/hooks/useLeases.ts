import {
  JitApi,
  Lease,
  LeaseQuery,
  Page,
} from '@backstage-jit/plugin-jit-common';
import { useRef } from 'react';
import { BRISK_MS, CALM_MS, Live, useLive } from './useLive';

/** The most that the backend lists at a time. */
const LARGEST_PAGE = 200;

/**
 * The newest leases that match, kept fresh: every 5 seconds while one of them is on its way somewhere, else every 30.
 */
export function useLeases(
  query: Omit<LeaseQuery, 'cursor' | 'limit'>,
  options: { count: number },
): Live<Page<Lease>> {
  const { count } = options;
  const question = JSON.stringify(query);
  const live = useLive({
    key: `${count} ${question}`,
    load: (api, signal) => collect({ api, query, count, signal }),
    everyMs: ({ items }, now) => nextLookMs(items, now),
  });

  // Asking for more of the same leaves what is there in view.
  const shown = useRef<{ question: string; value?: Page<Lease> }>();
  if (live.value || shown.current?.question !== question) {
    shown.current = { question, value: live.value };
  }
  return { ...live, value: shown.current.value };
}

async function collect(options: {
  api: JitApi;
  query: LeaseQuery;
  count: number;
  signal: AbortSignal;
}): Promise<Page<Lease>> {
  const { api, query, count, signal } = options;
  const items: Lease[] = [];
  let cursor: string | undefined;
  for (;;) {
    const limit = Math.min(LARGEST_PAGE, count - items.length);
    const page = await api.listLeases({ ...query, cursor, limit }, { signal });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (!cursor || items.length >= count) {
      return { items, nextCursor: cursor, now: page.now };
    }
  }
}

/** Soon while something is under way, and just after the next end or start, else calmly. */
export function nextLookMs(leases: Lease[], now: number): number {
  let next = CALM_MS;
  for (const lease of leases) {
    const { state, startsAt, expiresAt, keptUntil } = lease;
    const at = keptUntil ?? (state === 'active' ? expiresAt : startsAt);
    const isKept = keptUntil !== undefined && Date.parse(keptUntil) > now;
    if (state === 'granting' || (state === 'revoking' && !isKept)) {
      next = Math.min(next, BRISK_MS);
    } else if (at && (isKept || state === 'active' || state === 'approved')) {
      const ms = Date.parse(at) - now + 500;
      next = Math.min(next, ms > 0 ? Math.max(ms, 500) : BRISK_MS);
    }
  }
  return next;
}
