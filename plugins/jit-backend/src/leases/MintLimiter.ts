import { readRecentEvents } from '../database/operations/events/readRecentEvents';
import { Ledger } from '../database/Ledger';
import { TooManyRequestsError } from '../rights/TooManyRequestsError';

const WITHIN_MS = 60_000;

/**
 * Lets only so many mintings of one lease's credentials through in a minute, over all replicas: each is a call to the outside system.
 */
export class MintLimiter {
  readonly #ledger: Ledger;
  readonly #mostPerMinute: number;
  readonly #out = new Map<string, number>();

  constructor(options: { ledger: Ledger; mostPerMinute?: number }) {
    this.#ledger = options.ledger;
    this.#mostPerMinute = options.mostPerMinute ?? 10;
  }

  /** @throws TooManyRequestsError */
  async run<T>(leaseId: string, mint: () => Promise<T>): Promise<T> {
    // Those that are out have not written their event yet.
    const out = this.#out.get(leaseId) ?? 0;
    this.#out.set(leaseId, out + 1);
    try {
      const issued = await readRecentEvents(this.#ledger, {
        leaseId,
        type: 'credentials.issued',
        withinMs: WITHIN_MS,
      });
      if (issued.count + out >= this.#mostPerMinute) {
        throw new TooManyRequestsError(
          `Credentials of lease ${leaseId} were issued ${
            this.#mostPerMinute
          } times within a minute: wait a little`,
          // Where it is only for those that are out, when they are done nobody knows.
          { retryAfterMs: WITHIN_MS - (issued.oldestAgeMs ?? WITHIN_MS) },
        );
      }
      return await mint();
    } finally {
      const left = (this.#out.get(leaseId) ?? 1) - 1;
      if (left > 0) {
        this.#out.set(leaseId, left);
      } else {
        this.#out.delete(leaseId);
      }
    }
  }
}
