import { LoggerService } from '@backstage/backend-plugin-api';
import { Claim } from '../database/operations/engine/Claim';
import { renewClaims } from '../database/operations/engine/renewClaims';
import { Ledger } from '../database/Ledger';
import { withTimeout } from '../policy/withTimeout';

interface Held {
  claim: Claim;
  controller: AbortController;
  /** Until when the claim is surely ours, by this process's monotonic clock: counted from before the statement that renewed it. */
  sureUntil: number;
}

/**
 * Keeps this process's claims alive while calls are out, and aborts the calls of those that were lost.
 */
export class ClaimKeeper {
  private readonly held = new Map<string, Held>();
  private timer?: NodeJS.Timeout;
  private renewing = false;

  constructor(
    private readonly options: {
      ledger: Ledger;
      claimLifeMs: number;
      claimRenewalMs: number;
      logger: LoggerService;
    },
  ) {}

  /**
   * @param since - `performance.now()` from before the statement that made the claim
   * @returns aborted when the claim is lost
   */
  hold(claim: Claim, since: number): AbortSignal {
    const controller = new AbortController();
    this.held.set(claim.entitlementId, {
      claim,
      controller,
      sureUntil: since + this.options.claimLifeMs,
    });
    this.timer ??= setInterval(
      () => this.renew(),
      this.options.claimRenewalMs,
    ).unref();
    return controller.signal;
  }

  /** A commit under the claim renewed it. */
  renewed(claim: Claim, since: number): void {
    const held = this.held.get(claim.entitlementId);
    if (held?.claim.token === claim.token) {
      held.sureUntil = since + this.options.claimLifeMs;
    }
  }

  /** Whether a call may be sent under it: there is time to renew the claim before it runs out. */
  isSure(claim: Claim): boolean {
    const held = this.held.get(claim.entitlementId);
    return (
      held?.claim.token === claim.token &&
      !held.controller.signal.aborted &&
      held.sureUntil - performance.now() > this.options.claimRenewalMs
    );
  }

  drop(claim: Claim): void {
    if (this.held.get(claim.entitlementId)?.claim.token === claim.token) {
      this.held.delete(claim.entitlementId);
    }
    if (!this.held.size) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }

  private async renew(): Promise<void> {
    this.abortRunOut();
    if (this.renewing) {
      return;
    }
    this.renewing = true;
    const { ledger, claimLifeMs, logger } = this.options;
    const since = performance.now();
    const claims = [...this.held.values()].map(each => each.claim);
    try {
      const lost = await withTimeout(claimLifeMs, () =>
        renewClaims(ledger, { claims, claimLifeMs }),
      );
      const gone = new Set(lost);
      for (const claim of claims) {
        if (gone.has(claim)) {
          this.lose(claim);
        } else {
          this.renewed(claim, since);
        }
      }
    } catch {
      logger.warn('Could not renew claims: the ledger does not answer');
    } finally {
      this.renewing = false;
      this.abortRunOut();
    }
  }

  private abortRunOut(): void {
    const now = performance.now();
    for (const { claim, sureUntil } of this.held.values()) {
      if (sureUntil <= now) {
        this.lose(claim);
      }
    }
  }

  private lose(claim: Claim): void {
    const held = this.held.get(claim.entitlementId);
    if (held?.claim.token === claim.token) {
      held.controller.abort(new Error('The claim was lost'));
    }
  }
}
