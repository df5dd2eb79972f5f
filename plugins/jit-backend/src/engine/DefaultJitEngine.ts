import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { ActivitySettings, EngineSettings } from '../config';
import { Ledger } from '../database/Ledger';
import { Claim } from '../database/operations/engine/Claim';
import { claimDue } from '../database/operations/engine/claimDue';
import { claimOne } from '../database/operations/engine/claimOne';
import { findEntitlementOf } from '../database/operations/engine/findEntitlementOf';
import { Outlook } from '../database/operations/engine/lookAhead';
import { CallOutcome } from '../leases/CallOutcome';
import { LeaseRecord } from '../leases/records';
import { withTimeout } from '../policy/withTimeout';
import { CallMaker } from './CallMaker';
import { ClaimKeeper } from './ClaimKeeper';
import { CommitQueue } from './CommitQueue';
import { OutsideSystems } from './OutsideSystems';
import { EngineObserver } from './EngineObserver';
import { Failpoint } from './Failpoint';
import { JitEngine } from './JitEngine';
import { Minter } from './Minter';
import { ProviderCaller } from './ProviderCaller';
import { createSurroundingsOf } from './surroundingsOf';
import { TurnTaker } from './TurnTaker';

/** One statement of the engine's own may take that long before it is given up on; the next tick tries again. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** How long to wait when work is due that cannot be claimed: its connection is busy, or another replica has it. */
export const BUSY_WAIT_MS = 100;

/** How often a claim that another worker holds is asked for again when somebody waits for it. */
const CLAIM_POLL_MS = 50;

/**
 * So many claims that have given their slots on are held at the most beside `capacity`, until what their calls came to is committed. A storm at the
 * default capacity has about ten of them: 573 leases a second, each 17 ms before its commit. Where there are more, the ledger is behind, and what is
 * held must not outgrow what it can write.
 */
const MOST_GIVEN_ON = 16;

/** What the engine is made of. */
export interface EngineOptions {
  ledger: Ledger;
  systems: OutsideSystems;
  settings: EngineSettings;
  activity: ActivitySettings;
  logger: LoggerService;
  /** Whether the subject may have what the lease gives, asked anew. Never throws. */
  checkEligibility(
    lease: LeaseRecord,
    signal: AbortSignal,
    /** Among them the other parts of the lease's bundle. */
    otherParts?: readonly LeaseRecord[],
  ): Promise<CallOutcome>;
  /** Told of leases that have changed, after it is durable; must not throw. */
  onChange?(leases: LeaseRecord[]): void;
  observer?: EngineObserver;
  /** Only tests of crashes give one. */
  failpoint?: Failpoint;
}

/**
 * Makes things happen when they are due: claims entitlements, lets their turns be taken, and waits for the next. Nothing here decides about a
 * lease; that is in `leases/`.
 */
export class DefaultJitEngine implements JitEngine {
  private readonly keeper: ClaimKeeper;
  private readonly turns: TurnTaker;
  private readonly minter: Minter;
  private readonly running = new Set<Promise<void>>();
  /** Among what is running: the claims under which no call is made any more. */
  private readonly slotGivenOn = new Set<Claim>();
  private pumping?: Promise<void>;
  private again = false;
  private stopping = false;
  private timer?: NodeJS.Timeout;
  private failing = false;

  constructor(private readonly options: EngineOptions) {
    const { ledger, systems, settings, logger } = options;
    const { claimLifeMs, claimRenewalMs, outsideMarginMs } = settings;
    this.keeper = new ClaimKeeper({
      ledger,
      claimLifeMs,
      claimRenewalMs,
      logger,
    });
    const { keeper } = this;
    const parts = {
      ...options,
      keeper,
      commits: new CommitQueue({ ledger, claimLifeMs, keeper }),
      caller: new CallMaker({
        ...options,
        provider: new ProviderCaller({ systems, logger, outsideMarginMs }),
      }),
      surroundingsOf: createSurroundingsOf({
        ...options,
        isStopping: () => this.stopping,
      }),
    };
    this.turns = new TurnTaker({
      ...parts,
      giveSlotOn: claim => {
        this.slotGivenOn.add(claim);
        this.wake();
      },
    });
    this.minter = new Minter({ ...parts, turns: this.turns });
  }

  wake(): void {
    void this.tick();
  }

  /** Claims all that is due now and can be worked on. Never throws; does not wait for the work. */
  async tick(): Promise<void> {
    if (this.stopping) {
      return;
    }
    if (this.pumping) {
      this.again = true;
      return;
    }
    this.pumping = this.pump();
    await this.pumping;
    this.pumping = undefined;
  }

  /** Resolves when everything under way in this process has come to a rest; for tests, and before the database goes away. */
  async idle(): Promise<void> {
    while (this.running.size || this.pumping) {
      await Promise.all([...this.running, this.pumping]);
    }
  }

  /** Takes no new work, and gives back what is under way after the calls that are out. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.idle();
  }

  async mint(options: {
    leaseId: string;
    actor: string;
    activityTokenHash?: string;
  }): Promise<IssuedCredentials> {
    const { leaseId } = options;
    const { ledger, systems, settings } = this.options;
    const found = await findEntitlementOf(ledger, leaseId);
    if (!found) {
      throw new NotFoundError(`There is no lease ${leaseId}`);
    }
    const resolved = systems.resolve(found);
    if (!('class' in resolved) && !resolved.provider.issueCredentials) {
      throw new ConflictError(
        `${resolved.provider.id} issues no credentials: what it gives needs none`,
      );
    }
    const claim = await this.claimFor(
      { leaseId, entitlementId: found.entitlementId },
      performance.now() + settings.mintTimeoutMs,
    );
    const held = this.keeper.hold(claim.claim, claim.since);
    const { credentials, rest } = this.minter.mint(claim.claim, held, options);
    this.track(claim.claim, rest);
    return await credentials;
  }

  private async claimFor(
    { leaseId, entitlementId }: { leaseId: string; entitlementId: string },
    giveUpAt: number,
  ): Promise<{ claim: Claim; since: number }> {
    const { ledger, settings } = this.options;
    const { claimLifeMs } = settings;
    while (!this.stopping) {
      const since = performance.now();
      const claim = await claimOne(ledger, { entitlementId, claimLifeMs });
      if (claim) {
        return { claim, since };
      }
      const lease = await findEntitlementOf(ledger, leaseId);
      if (lease?.state !== 'active') {
        throw new ConflictError(
          `Lease ${leaseId} is not active: there are no credentials to issue`,
        );
      }
      if (performance.now() + CLAIM_POLL_MS > giveUpAt) {
        break;
      }
      await new Promise(resolve => {
        setTimeout(resolve, CLAIM_POLL_MS);
      });
    }
    throw new ServiceUnavailableError(
      'Something else is happening with this lease; try again in a moment',
    );
  }

  private async pump(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.claimAll();
      } while (this.again && !this.stopping);
      this.failing = false;
    } catch (error) {
      if (!this.failing) {
        this.failing = true;
        this.options.logger.error(
          'The ledger does not answer; leases wait, and each tick tries again',
          { error: (error as Error).name },
        );
      }
    }
  }

  /** Claims until there is no more, and sets the timer for what comes next. */
  private async claimAll(): Promise<void> {
    let found: Awaited<ReturnType<typeof this.claimSome>>;
    do {
      // What fell due meanwhile is claimed at once.
      found = this.stopping ? {} : await this.claimSome();
    } while (found === 'some');
    this.armTimer(found);
  }

  /** @returns when nothing more can be claimed, in how many milliseconds something may be, should no work that ends say so before */
  private async claimSome(): Promise<'some' | Pick<Outlook, 'nextIn'>> {
    const { ledger, settings } = this.options;
    const slotGivenOn = [...this.slotGivenOn].slice(0, MOST_GIVEN_ON);
    const limit = settings.capacity - this.running.size + slotGivenOn.length;
    if (limit <= 0) {
      return {};
    }
    const since = performance.now();
    const { claimed, nextIn } = await withTimeout(STATEMENT_TIMEOUT_MS, () =>
      claimDue(ledger, {
        limit,
        slotGivenOn,
        claimLifeMs: settings.claimLifeMs,
        begin: claim => this.turns.begin(claim),
      }),
    );
    for (const { claim, begun } of claimed) {
      const held = this.keeper.hold(claim, since);
      this.track(
        claim,
        this.turns.take(claim, held, begun && { ...begun, since }),
      );
    }
    return claimed.length ? 'some' : { nextIn };
  }

  /** Counts a piece of work under a claim until it ends, and looks for more then. */
  private track(claim: Claim, work: Promise<void>): void {
    const tracked: Promise<void> = work.finally(() => {
      this.keeper.drop(claim);
      this.slotGivenOn.delete(claim);
      this.running.delete(tracked);
      this.wake();
    });
    this.running.add(tracked);
  }

  private armTimer({ nextIn }: Pick<Outlook, 'nextIn'>): void {
    const { tickMs } = this.options.settings;
    clearTimeout(this.timer);
    if (!this.stopping && nextIn !== undefined && nextIn <= tickMs) {
      this.timer = setTimeout(
        () => this.wake(),
        nextIn <= 0 ? BUSY_WAIT_MS : nextIn,
      ).unref();
    }
  }
}
