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
  return (
    <>
      {/* That nothing answers at all is said by the list below. */}
      {error && statusOf(error) !== undefined && (
        <Problem error={error} onRetry={refresh} stale={Boolean(value)} />
      )}
      <Section
        title={t('breakGlass.reviews')}
        text={t('breakGlass.reviewsHow')}
        leases={value?.items ?? []}
        reader={reader}
        onOpen={onOpen}
      />
    </>
  );
};
