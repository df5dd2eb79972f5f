import { Lease } from '@backstage-jit/plugin-jit-common';
import { phaseOf } from '../../words';

/** So long it is of interest how something ended. */
const RECENT_MS = 3_600_000;

const RECENT_COUNT = 3;

/** Live, waiting, then the few that ended lately. */
export function worthShowing(leases: Lease[], now: number): Lease[] {
  const phase = (wanted: string) =>
    leases.filter(lease => phaseOf(lease, now) === wanted);
  const recent = phase('past').filter(
    ({ verifiedAt, endedAt, requestedAt }) =>
      Date.parse(verifiedAt ?? endedAt ?? requestedAt) > now - RECENT_MS,
  );
  return [
    ...phase('live'),
    ...phase('waiting'),
    ...recent.slice(0, RECENT_COUNT),
  ];
}
