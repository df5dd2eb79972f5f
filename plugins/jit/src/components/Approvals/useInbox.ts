import { AccessRequest, Page } from '@backstage-jit/plugin-jit-common';
import { useEffect, useState } from 'react';
import { LiveState } from '../../live';
import { InboxEntry, mergeEntries } from './inboxEntries';

interface Inbox {
  entries: InboxEntry[];
  /** Puts one away that is decided. */
  hide(id: string): void;
}

/** What waits for the reader, and what became of that while they looked. */
export function useInbox({ value }: LiveState<Page<AccessRequest>>): Inbox {
  const [entries, setEntries] = useState<InboxEntry[]>(() =>
    mergeEntries([], value?.items ?? []),
  );
  useEffect(() => {
    if (value) {
      setEntries(before => mergeEntries(before, value.items));
    }
  }, [value]);
  return {
    entries,
    hide: id =>
      setEntries(before => before.filter(({ request }) => request.id !== id)),
  };
}
