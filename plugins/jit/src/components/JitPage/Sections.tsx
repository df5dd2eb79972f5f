import { useApi } from '@backstage/core-plugin-api';
import { Lease } from '@backstage-jit/plugin-jit-common';
import { useMemo } from 'react';
import { jitApiRef } from '../../api';
import { useNow } from '../../hooks';
import { clockOf } from '../../time';
import { useTranslate } from '../../translation';
import { phaseOf, Reader } from '../../words';
import { LeaseSection } from './LeaseSection';
import { LeaseLists } from './useLeaseLists';

interface SectionsProps {
  lists: LeaseLists;
  reader: Reader;
  mine: boolean;
  onOpen: (lease: { id: string }) => void;
}

/** Stuck on top for operators, then what lives, what waits, and what is past. */
export const Sections = ({ lists, reader, mine, onOpen }: SectionsProps) => {
  const t = useTranslate();
  useNow(15_000);
  const clock = clockOf(useApi(jitApiRef));
  const { unfinished, finished, loading } = lists;
  const now = clock.now();
  // A bundle stands with what is left of it.
  const past = useMemo(() => {
    const bundles = new Set(
      unfinished.filter(({ bundle }) => bundle).map(each => each.requestId),
    );
    return finished.filter(each => !bundles.has(each.requestId));
  }, [unfinished, finished]);
  const { stuck, live, waiting } = useMemo(() => {
    // Operators look at what is stuck first; for its holder it is one of the live ones.
    const apart = unfinished.filter(lease => lease.stuck && !mine);
    const rest = unfinished.filter(lease => !apart.includes(lease));
    return {
      stuck: apart,
      live: rest
        .filter(lease => phaseOf(lease, now) === 'live')
        .sort((a, b) => endOf(a) - endOf(b)),
      waiting: rest.filter(lease => phaseOf(lease, now) === 'waiting'),
    };
  }, [unfinished, mine, now]);
  const common = { reader, onOpen, gettingMore: loading };
  const last = waiting.length ? 'waiting' : 'live';

  return (
    <>
      <LeaseSection
        {...common}
        title={t('page.stuck')}
        text={t('page.stuckHow')}
        leases={stuck}
      />
      <LeaseSection
        {...common}
        title={t('page.live')}
        leases={live}
        onMore={last === 'live' ? lists.moreUnfinished : undefined}
      />
      <LeaseSection
        {...common}
        title={t('page.waiting')}
        leases={waiting}
        onMore={last === 'waiting' ? lists.moreUnfinished : undefined}
      />
      <LeaseSection
        {...common}
        title={t('page.pastOnes')}
        leases={past}
        onMore={lists.moreFinished}
      />
    </>
  );
};

/** What ends next comes first, and before it what should have ended. */
function endOf({ stuck, state, expiresAt }: Lease): number {
  if (stuck || state !== 'active') {
    return stuck ? -1 : 0;
  }
  return Date.parse(expiresAt ?? '');
}
