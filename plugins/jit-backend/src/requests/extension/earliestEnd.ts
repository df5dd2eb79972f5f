import { Instant, LeaseRecord } from '../../leases/records';

/** When a request for a later end of these comes to nothing, decided or not: with the first of them that ends. */
export function earliestEnd(
  leases: Array<Pick<LeaseRecord, 'expiresAt'>>,
): Instant {
  return Math.min(...leases.flatMap(({ expiresAt }) => expiresAt ?? []));
}
