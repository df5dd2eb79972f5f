import { commitTurns } from '../database/operations/engine/commitTurns';
import { Turn, TurnResult } from '../database/operations/engine/Turn';
import { Ledger } from '../database/Ledger';
import { withTimeout } from '../policy/withTimeout';
import { ClaimKeeper } from './ClaimKeeper';

/** How many turns one transaction takes at the most: it holds their locks meanwhile. */
const MAXIMUM = 128;

/** So many transactions are under way at the most: the database works on one while the turns of the next are decided here. */
const TRANSACTIONS = 2;

/** With fewer turns than this waiting, they go together after the transaction that is under way: two small ones cost more than one. */
const WORTH_ANOTHER = 32;

/** After that long the outcome of a commit is not waited for: the claim runs out, and whoever takes over finds what is true. */
const TIMEOUT_MS = 30_000;

interface Waiting {
  turn: Turn;
  resolve(result: TurnResult): void;
  reject(error: unknown): void;
}

/**
 * Groups the commits of many workers: while a transaction is under way, what comes meanwhile waits and goes together in the next, which begins at
 * once when that is much. Nobody waits longer than for one.
 */
export class CommitQueue {
  private waiting: Waiting[] = [];
  private underWay = 0;
  private beginning = false;

  constructor(
    private readonly options: {
      ledger: Ledger;
      claimLifeMs: number;
      /** What is written renews the claim. */
      keeper: Pick<ClaimKeeper, 'renewed'>;
    },
  ) {}

  /** @throws what the database throws: then it is not known whether it was written */
  async commit(turn: Turn): Promise<TurnResult> {
    const since = performance.now();
    const result = await new Promise<TurnResult>((resolve, reject) => {
      this.waiting.push({ turn, resolve, reject });
      this.begin();
    });
    if (result.type === 'written') {
      this.options.keeper.renewed(turn.claim, since);
    }
    return result;
  }

  private begin(): void {
    const isWorthIt =
      this.underWay === 0 ||
      (this.underWay < TRANSACTIONS && this.waiting.length >= WORTH_ANOTHER);
    if (isWorthIt && !this.beginning) {
      this.beginning = true;
      // One turn of the event loop, so that workers which were woken together commit together.
      setImmediate(() => {
        this.beginning = false;
        void this.flush();
      });
    }
  }

  private async flush(): Promise<void> {
    const { ledger, claimLifeMs } = this.options;
    this.underWay += 1;
    while (this.waiting.length) {
      const batch = this.waiting.splice(0, MAXIMUM);
      this.begin();
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
    // With no turn of the event loop since nothing was found to wait: what comes from now on begins anew.
    this.underWay -= 1;
  }
}
