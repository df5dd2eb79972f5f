import { Lease } from '@backstage-jit/plugin-jit-common';
import { useState } from 'react';
import { useLeases } from '../../hooks';
import { LeaseFilter, queryOf } from './LeaseFilter';

const PAGE = 50;
const PAST_PAGE = 20;

/** A filter that leaves nothing is answered without asking for more than one. */
const NOTHING = { state: ['denied' as const], profileId: '-' };

export interface LeaseLists {
  unfinished: Lease[];
  finished: Lease[];
  /** True once both are known. */
  known: boolean;
  error?: Error;
  refresh(): void;
  loading: boolean;
  moreUnfinished?: () => void;
  moreFinished?: () => void;
}

/** The leases of the page: the unfinished ones, which are what matters, apart from the long list of the others. */
export function useLeaseLists(
  filter: LeaseFilter,
  options: { mine: boolean },
): LeaseLists {
  const { mine } = options;
  const unfinished = useList(queryOf(filter, { finished: false, mine }), PAGE);
  const finished = useList(
    queryOf(filter, { finished: true, mine }),
    PAST_PAGE,
  );
  return {
    unfinished: unfinished.items,
    finished: finished.items,
    known: unfinished.known && finished.known,
    loading: unfinished.loading || finished.loading,
    error: unfinished.error ?? finished.error,
    refresh: () => {
      unfinished.refresh();
      finished.refresh();
    },
    moreUnfinished: unfinished.more,
    moreFinished: finished.more,
  };
}

function useList(query: ReturnType<typeof queryOf>, page: number) {
  const [count, setCount] = useState(page);
  const live = useLeases(query ?? NOTHING, { count: query ? count : 1 });
  const { value, error, loading, refresh } = live;
  return {
    items: (query && value?.items) || [],
    known: Boolean(value) || !query,
    error: query && error,
    loading,
    refresh,
    more:
      query && value?.nextCursor
        ? () => setCount(value.items.length + page)
        : undefined,
  };
}
