import { answerInTime } from './answerInTime';

/** What a poller knows. A failure keeps the last value, which is then old. */
export interface LiveState<T> {
  value?: T;
  error?: Error;
  /** Whether a look is under way. */
  loading: boolean;
}

export interface LivePollerOptions<T> {
  load(signal: AbortSignal): Promise<T>;
  /** How long after a look the next one is due. */
  everyMs(state: LiveState<T>): number;
}

/** Several reasons to look again within it make one look. */
const GATHER_MS = 150;

/**
 * Looks again and again: at its own pace, at once when told to, not at all while the page is hidden. Never two looks at a time.
 */
export class LivePoller<T> {
  readonly #options: LivePollerOptions<T>;
  readonly #listeners = new Set<() => void>();
  #state: LiveState<T> = { loading: true };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #look: AbortController | undefined;
  #again = false;
  #running = false;

  constructor(options: LivePollerOptions<T>) {
    this.#options = options;
  }

  start = (): (() => void) => {
    this.#running = true;
    document.addEventListener('visibilitychange', this.#onVisibility);
    window.addEventListener('online', this.refresh);
    this.#lookNow();
    return () => {
      this.#running = false;
      document.removeEventListener('visibilitychange', this.#onVisibility);
      window.removeEventListener('online', this.refresh);
      clearTimeout(this.#timer);
      this.#look?.abort();
      this.#look = undefined;
    };
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  getState = (): LiveState<T> => this.#state;

  /** Looks soon; one look follows however often it is asked for. A hidden page looks when it is seen again. */
  refresh = (): void => {
    if (document.hidden) {
      return;
    }
    if (this.#look) {
      this.#again = true;
    } else if (this.#running) {
      this.#lookIn(GATHER_MS);
    }
  };

  #onVisibility = (): void => {
    if (document.hidden) {
      clearTimeout(this.#timer);
    } else {
      this.refresh();
    }
  };

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lookNow(), ms);
  }

  async #lookNow(): Promise<void> {
    clearTimeout(this.#timer);
    const look = new AbortController();
    this.#look = look;
    this.#again = false;
    this.#set({ ...this.#state, loading: true });
    const outcome = await this.#load(look);
    if (this.#look !== look) {
      return;
    }
    this.#look = undefined;
    this.#set({ ...this.#state, error: undefined, ...outcome, loading: false });
    if (this.#again) {
      this.#lookIn(GATHER_MS);
    } else if (!document.hidden) {
      this.#lookIn(this.#options.everyMs(this.#state));
    }
  }

  async #load(look: AbortController): Promise<Partial<LiveState<T>>> {
    try {
      return { value: await answerInTime(this.#options.load, look) };
    } catch (error) {
      return { error: error as Error };
    }
  }

  #set(state: LiveState<T>): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}
