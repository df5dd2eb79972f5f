import {
  commitTurns,
  Turn,
  TurnResult,
} from '../database/operations/engine/commitTurns';
import { Ledger } from '../database/Ledger';
import { withTimeout } from '../policy/withTimeout';

/** How many turns one transaction takes at the most: it holds their locks meanwhile. */
const MAXIMUM = 128;

/** After that long the outcome of a commit is not waited for: the claim runs out, and whoever takes over finds what is true. */
const TIMEOUT_MS = 30_000;

interface Waiting {
  turn: Turn;
  resolve(result: TurnResult): void;
  reject(error: unknown): void;
}

/**
 * Groups the commits of many workers: while one transaction is under way, what comes meanwhile waits and goes together in the next. Nobody
 * waits longer than for one.
 */
export class CommitQueue {
  private waiting: Waiting[] = [];
  private flushing = false;

  constructor(
    private readonly options: { ledger: Ledger; claimLifeMs: number },
  ) {}

  /** @throws what the database throws: then it is not known whether it was written */
  commit(turn: Turn): Promise<TurnResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ turn, resolve, reject });
      if (!this.flushing) {
        this.flushing = true;
        // One turn of the event loop, so that workers which were woken together commit together.
        setImmediate(() => this.flush());
      }
    });
  }

  private async flush(): Promise<void> {
    const { ledger, claimLifeMs } = this.options;
    while (this.waiting.length) {
      const batch = this.waiting.splice(0, MAXIMUM);
      try {
        const turns = batch.map(each => each.turn);
        const results = await withTimeout(TIMEOUT_MS, () =>
          commitTurns(ledger, { turns, claimLifeMs }),
        );
        for (const [index, each] of batch.entries()) {
          each.resolve(results[index]);
        }
      } catch (error) {
        for (const each of batch) {
          each.reject(error);
        }
      }
    }
    this.flushing = false;
  }
}
