import { NotFoundError } from '@backstage/errors';
import { reportUse } from '../database/operations/activity/reportUse';
import { readLease } from '../database/operations/leases/readLease';
import { Ledger } from '../database/Ledger';
import { JitEngine } from '../engine/JitEngine';
import { CallWindows } from '../rights/CallWindows';
import { TooManyRequestsError } from '../rights/TooManyRequestsError';
import { isActivityTokenOf } from './activityTokens';
import { isId } from './leaseId';

/** More reports of one lease's use are of no use to anybody. */
const MOST_PER_MINUTE = 60;

/**
 * Takes it from jobs that a lease is in use, though the outside system shows nothing of it. Whoever has a token of the lease may say so; the
 * answer to anything else is that there is no such lease.
 */
export class ActivityReports {
  readonly #ledger: Ledger;
  readonly #engine: Pick<JitEngine, 'wake'>;
  readonly #windows = new CallWindows({ mostPerMinute: MOST_PER_MINUTE });

  constructor(options: { ledger: Ledger; engine: Pick<JitEngine, 'wake'> }) {
    this.#ledger = options.ledger;
    this.#engine = options.engine;
  }

  /** @throws NotFoundError TooManyRequestsError */
  async report(options: { leaseId: string; token?: string }): Promise<void> {
    const { leaseId, token = '' } = options;
    const lease = isId(leaseId)
      ? await readLease(this.#ledger, { id: leaseId })
      : undefined;
    if (!isActivityTokenOf(lease, token)) {
      throw noSuchToken();
    }
    if (!this.#windows.admits(leaseId)) {
      throw new TooManyRequestsError(
        'The use of this lease was reported often enough: once a minute will do',
        { retryAfterMs: this.#windows.endsInMs },
      );
    }
    const outcome = await reportUse(this.#ledger, { leaseId });
    if (!outcome) {
      throw noSuchToken();
    }
    if (outcome.warned) {
      this.#engine.wake();
    }
  }
}

/** One answer for everything that is wrong. */
function noSuchToken(): NotFoundError {
  return new NotFoundError(
    'There is no active lease whose use could be reported with this token',
  );
}
