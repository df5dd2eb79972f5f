/** How failures of one lease are spread. */
export interface BackoffSettings {
  firstMs: number;
  maximumMs: number;
}

/**
 * The wait after the n-th failed attempt in a row: doubled each time up to the maximum, then spread over its upper half so that leases which
 * failed together do not come back together.
 *
 * @param random - in [0, 1)
 */
export function backoffMs(
  settings: BackoffSettings,
  attempts: number,
  random: number,
): number {
  const full = Math.min(
    settings.maximumMs,
    settings.firstMs * 2 ** Math.min(Math.max(attempts - 1, 0), 30),
  );
  return Math.round(full / 2 + (full / 2) * random);
}
