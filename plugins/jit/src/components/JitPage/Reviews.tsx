import { useLeases } from '../../hooks';
import { useTranslate } from '../../translation';
import { Reader, statusOf } from '../../words';
import { Problem } from '../Problem';
import { Section } from './Section';

/** Nobody has so many of them. */
const MOST = 50;

interface ReviewsProps {
  reader: Reader;
  onOpen: (lease: { id: string }) => void;
}

/** What went in without approval and nobody has looked at yet: the reader's own, and what they may review. Nothing while there is none. */
export const Reviews = ({ reader, onOpen }: ReviewsProps) => {
  const t = useTranslate();
  const { value, error, refresh } = useLeases(
    { reviewDue: true },
    { count: MOST },
  );
  // That nothing answers at all is said by the list below.
  const problem = error && statusOf(error) !== undefined && (
    <Problem error={error} onRetry={refresh} stale={Boolean(value)} />
  );
  return (
    <Section
      title={t('breakGlass.reviews')}
      text={t('breakGlass.reviewsHow')}
      leases={value?.items ?? []}
      problem={problem}
      reader={reader}
      onOpen={onOpen}
    />
  );
};
