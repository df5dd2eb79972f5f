/**
 * Where the fake outside world takes its time from.
 *
 * @public
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once, `afterMs` from now. The answer cancels it. */
  schedule(afterMs: number, run: () => void): () => void;
}

/**
 * The clock of this machine. Its timers keep no process alive.
 *
 * @public
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(afterMs, run) {
    const timer = setTimeout(run, afterMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
