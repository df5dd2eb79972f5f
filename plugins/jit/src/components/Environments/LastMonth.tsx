import { Lease } from '@backstage-jit/plugin-jit-common';
import { useLeases, useNow } from '../../hooks';
import { LifeChart, livesIn } from '../LifeChart';
import { Problem } from '../Problem';
import { Savings } from '../Savings';
import { Waiting } from '../Waiting';

const MONTH_MS = 30 * 86_400_000;

/** What the backend lists at a time; a longer chart is no picture any more. */
const MOST_DRAWN = 200;

interface LastMonthProps {
  onOpen: (lease: Lease) => void;
}

/** The environments of the last 30 days: when they lived, what they cost, and what was saved. */
export const LastMonth = ({ onOpen }: LastMonthProps) => {
  const now = useNow(60_000);
  const { value, error, refresh } = useLeases(
    {
      kind: 'infrastructure',
      state: ['granting', 'active', 'revoking', 'revoked'],
    },
    { count: MOST_DRAWN },
  );
  if (!value) {
    return error ? <Problem error={error} onRetry={refresh} /> : <Waiting />;
  }
  const lived = livesIn(value.items, { from: now - MONTH_MS, to: now }, now);
  if (!lived.length) {
    return null;
  }
  return (
    <>
      <LifeChart
        leases={value.items}
        cut={Boolean(value.nextCursor)}
        onOpen={onOpen}
      />
      <Savings leases={lived.map(({ lease }) => lease)} />
    </>
  );
};
