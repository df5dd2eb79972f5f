import { Lease } from '@backstage-jit/plugin-jit-common';
import { Search } from '../JitPage/useSearch';
import { Span } from '../LifeChart';

export const PERIODS = [1, 7, 30, 90] as const;

const DAY_MS = 86_400_000;
const USUAL = 7;

/** What is looked at: the last days, or from one instant to another. */
export type TrailPeriod = { days: number } | { from?: string; to?: string };

export function readPeriod(search: Search): TrailPeriod {
  const period = search.get('period');
  if (period === 'chosen') {
    return { from: instantOf(search, 'from'), to: instantOf(search, 'to') };
  }
  return { days: PERIODS.find(each => String(each) === period) ?? USUAL };
}

/** The period as the backend is asked for it. */
export function boundsOf(
  period: TrailPeriod,
  now: number,
): { from?: string; to?: string } {
  return 'days' in period
    ? { from: new Date(now - period.days * DAY_MS).toISOString() }
    : period;
}

/** The stretch of time that is drawn of a period: without a begin, from when the first of its leases was granted. Undefined when there is none. */
export function spanOf(
  { from, to }: { from?: string; to?: string },
  leases: Lease[],
  now: number,
): Span | undefined {
  const begins = leases.map(({ grantedAt }) => Date.parse(grantedAt ?? ''));
  const span = {
    from: from
      ? Date.parse(from)
      : Math.min(...begins.filter(begin => !Number.isNaN(begin))),
    to: to ? Math.min(Date.parse(to), now) : now,
  };
  return span.from < span.to ? span : undefined;
}

/** ISO 8601; undefined for what is no instant. */
function instantOf(search: Search, name: string): string | undefined {
  const instant = Date.parse(search.get(name));
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString();
}
