import { Clock } from './Clock';

/**
 * A clock that moves only when told.
 *
 * @public
 */
export class TestClock implements Clock {
  #now: number;
  #timers: Array<{ at: number; run: () => void }> = [];

  /** @param start - epoch milliseconds; the beginning of 2030 when not given */
  constructor(start: number = Date.UTC(2030, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  schedule(afterMs: number, run: () => void): () => void {
    const timer = { at: this.#now + afterMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }

  /**
   * Moves the clock on. Timers that fall due run in their order, each at its own instant, and those that they set in turn as well.
   */
  advance(ms: number): void {
    if (!(ms >= 0)) {
      throw new Error(`A clock cannot be advanced by ${ms} ms`);
    }
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers
        .filter(timer => timer.at <= end)
        .sort((a, b) => a.at - b.at)[0];
      if (!next) {
        break;
      }
      this.#timers = this.#timers.filter(timer => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }
}
