type Listener = () => void;

/** One timer for all that counts down on a page; it runs only while somebody listens. */
export class Ticker {
  readonly #listeners = new Set<Listener>();
  #timer: ReturnType<typeof setInterval> | undefined;

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => {
      for (const each of [...this.#listeners]) {
        each();
      }
    }, 1_000);
    return () => {
      this.#listeners.delete(listener);
      if (!this.#listeners.size) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    };
  };
}

export const ticker = new Ticker();
