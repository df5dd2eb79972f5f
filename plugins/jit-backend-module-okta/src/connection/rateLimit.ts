const LONGEST_MS = 10 * 60_000;
const SHORTEST_MS = 1_000;
/** When the answer does not say: Okta's windows are a minute long. */
const UNSAID_MS = 60_000;
/** For too many requests at the same time: these headers then tell of no window. */
const CONCURRENCY_MS = 5_000;

function numberOf(header: string | null): number | undefined {
  const value = header === null ? NaN : Number(header);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * How many milliseconds from now a 429 asks to be left alone: by Okta's own clock, so that ours may be off.
 */
export function retryAfterMs(options: {
  headers: Headers;
  /** Epoch milliseconds of this machine, for an answer without `Date`. */
  now: number;
}): number {
  const { headers, now } = options;
  const told = Date.parse(headers.get('date') ?? '');
  const theirNow = Number.isNaN(told) ? now : told;
  const resetS = numberOf(headers.get('x-rate-limit-reset'));
  const retryS = numberOf(headers.get('retry-after'));
  let wait = UNSAID_MS;
  if (numberOf(headers.get('x-rate-limit-limit')) === 0) {
    wait = CONCURRENCY_MS;
  } else if (resetS !== undefined) {
    wait = resetS * 1000 - theirNow;
  } else if (retryS !== undefined) {
    wait = retryS * 1000;
  }
  return Math.min(Math.max(wait, SHORTEST_MS), LONGEST_MS);
}
