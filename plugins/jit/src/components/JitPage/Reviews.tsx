import { Lease, Page } from '@backstage-jit/plugin-jit-common';
import { Live, useLeases } from '../../hooks';
import { useTranslate } from '../../translation';
import { Reader, statusOf } from '../../words';
import { Problem } from '../Problem';
import { LeaseSection } from './LeaseSection';

/** Nobody has so many of them. */
const MOST = 50;

/** What went in without approval and nobody has looked at yet: the reader's own, and what they may review. */
export function useReviewsDue(): Live<Page<Lease>> {
  return useLeases({ reviewDue: true }, { count: MOST });
}

interface ReviewsProps {
  due: Live<Page<Lease>>;
  reader: Reader;
  onOpen: (lease: { id: string }) => void;
}

/** The reviews that are due; nothing while there is none. */
export const Reviews = ({ due, reader, onOpen }: ReviewsProps) => {
  const t = useTranslate();
  const { value, error, refresh } = due;
  // That nothing answers at all is said by the list below.
  const problem = error && statusOf(error) !== undefined && (
    <Problem spaced error={error} onRetry={refresh} stale={Boolean(value)} />
  );
  return (
    <LeaseSection
      title={t('breakGlass.reviews')}
      text={t('breakGlass.reviewsHow')}
      leases={value?.items ?? []}
      problem={problem}
      reader={reader}
      onOpen={onOpen}
    />
  );
};
