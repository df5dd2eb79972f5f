/** An older answer must be off by more than this before the server's clock is taken to have been set back. */
const SET_BACK_MS = 60_000;

/**
 * The ledger's clock as a browser knows it: from the `now` of each answer, carried on by the monotonic clock. The browser's own time of day
 * is never asked.
 */
export class ServerClock {
  readonly #monotonic: () => number;
  #offset: number | undefined;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** Takes in the `now` of an answer that has just come. */
  learn(now: string): void {
    const offset = Date.parse(now) - this.#monotonic();
    if (Number.isNaN(offset)) {
      return;
    }
    // A slow answer is late by its time on the way, so of two the later clock is the better one.
    if (
      this.#offset === undefined ||
      offset > this.#offset ||
      offset < this.#offset - SET_BACK_MS
    ) {
      this.#offset = offset;
    }
  }

  /** Epoch milliseconds. Before the first answer the browser's time is all there is. */
  now(): number {
    return this.#offset === undefined
      ? Date.now()
      : this.#offset + this.#monotonic();
  }

  /** How far the browser's time of day is ahead, in milliseconds; undefined before the first answer. */
  browserAheadMs(): number | undefined {
    return this.#offset === undefined ? undefined : Date.now() - this.now();
  }
}
