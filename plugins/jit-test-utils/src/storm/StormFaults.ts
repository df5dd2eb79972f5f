import { seededRandom } from '../fake';

const TOO_MANY = 0.1;
const FAILED = 0.02;
const WINDOW_MS = 500;

/**
 * What goes wrong between a provider and its peer in a storm: about one in ten requests is one too many, and one in fifty that changes something does so and
 * says that it failed.
 *
 * @public
 */
export class StormFaults {
  tooMany = 0;
  failedAfterSuccess = 0;
  /** How many requests of the engine have been under way at once at most. */
  most = 0;
  #underWay = 0;
  #stillRefused = 0;
  #windowEnds = 0;
  readonly #random: () => number;

  constructor(
    private readonly options: {
      seed: number;
      /** At most so many requests are refused one after the other. */
      inARow: number;
    },
  ) {
    this.#random = seededRandom(options.seed);
  }

  /** Decides about one request. */
  async answer<T>(request: {
    changes: boolean;
    /** Whether it is made beside the connection's slots, as for somebody who waits for credentials. */
    beside?: boolean;
    forward: () => Promise<T>;
    /** The system's answer to one request too many. */
    refused: () => T;
    /** Its answer when it has failed. */
    failed: () => T;
  }): Promise<T> {
    const counts = request.beside ? 0 : 1;
    this.#underWay += counts;
    this.most = Math.max(this.most, this.#underWay);
    try {
      if (this.#isTooMany()) {
        this.tooMany += 1;
        return request.refused();
      }
      const answer = await request.forward();
      if (request.changes && this.#random() < FAILED) {
        this.failedAfterSuccess += 1;
        return request.failed();
      }
      return answer;
    } finally {
      this.#underWay -= counts;
    }
  }

  /** In windows of time, as systems count: who has had too many is refused until the next one. */
  #isTooMany(): boolean {
    const { inARow } = this.options;
    const now = performance.now();
    if (now >= this.#windowEnds && this.#random() < TOO_MANY / inARow) {
      this.#windowEnds = now + WINDOW_MS;
      this.#stillRefused = inARow;
    }
    const isTooMany = now < this.#windowEnds && this.#stillRefused > 0;
    this.#stillRefused -= isTooMany ? 1 : 0;
    return isTooMany;
  }
}
