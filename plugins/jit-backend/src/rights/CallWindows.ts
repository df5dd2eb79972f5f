const WINDOW_MS = 60_000;

/** Counts calls of this process by a key, a minute at a time, and forgets them with the minute. */
export class CallWindows {
  readonly #mostPerMinute: number;
  readonly #now: () => number;
  readonly #counts = new Map<string, number>();
  #begun = -Infinity;

  constructor(options: {
    mostPerMinute: number;
    /** Monotonic milliseconds. */
    now?: () => number;
  }) {
    this.#mostPerMinute = options.mostPerMinute;
    this.#now = options.now ?? (() => performance.now());
  }

  /** When the minute is over and all may call again, from now. */
  get endsInMs(): number {
    return Math.max(0, this.#begun + WINDOW_MS - this.#now());
  }

  /** Whether one more call fits in. */
  admits(key: string): boolean {
    if (this.#now() - this.#begun >= WINDOW_MS) {
      this.#begun = this.#now();
      this.#counts.clear();
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= this.#mostPerMinute;
  }
}
