import { Instant, LeaseRecord } from './records';

/** Within so long everybody whom a broken glass concerns has to have been told. */
export const TOLD_WITHIN_MS = 2 * 60_000;

/**
 * Since when somebody is to be told that the glass was broken; undefined while there is time for it, and once everybody was.
 *
 * `countBreakGlass` asks the same of the ledger.
 */
export function undeliveredSince(
  { untoldSince }: Pick<LeaseRecord, 'untoldSince'>,
  now: Instant,
): Instant | undefined {
  return untoldSince !== undefined && untoldSince + TOLD_WITHIN_MS <= now
    ? untoldSince
    : undefined;
}
