import {
  FakeOutsideError,
  FakeWorld,
} from '@backstage-jit/plugin-jit-test-utils';
import { STANDING_THINGS } from './crew';
import { ExchangePoint, Occurring } from './KillPoint';

/** How much later than it happens a lagging world shows what happened. */
const LAG_MS = 300;

/** What its providers declare: reads never lag longer than that. */
export const LAGGING_SETTLE_MS = 400;

interface Trap {
  point: Occurring<ExchangePoint>;
  seen: number;
  kill: () => Promise<void>;
}

/** The outside world of the crash tests, in which the one who asks may be killed at any exchange. */
export class CrashWorld extends FakeWorld {
  #trap?: Trap;
  #late?: () => Promise<void>;

  /** @param options - `lagging`: whether every read answers as things stood a while ago */
  constructor(private readonly options?: { lagging?: boolean }) {
    super();
  }

  /** @param kill - ends the process that asks, and returns when it is dead */
  setTrap(
    point: Occurring<ExchangePoint> | undefined,
    kill: () => Promise<void> = async () => {},
  ): void {
    this.#trap = point && { point, seen: 0, kill };
  }

  /** The exchange that was on its way when its sender died, to take effect whenever it is called; none when there is none. */
  takeLate(): (() => Promise<void>) | undefined {
    const late = this.#late;
    this.#late = undefined;
    return late;
  }

  override exchange: FakeWorld['exchange'] = async (exchange, options) => {
    const trap = this.#sprung(exchange.verb);
    if (!trap) {
      return await super.exchange(exchange, options);
    }
    if (trap.point.moment === 'after') {
      const answer = await super.exchange(exchange, options);
      await trap.kill();
      return answer;
    }
    if (trap.point.moment === 'late') {
      this.#late = async () => {
        // In bad weather it may be refused when it comes, and nobody hears of that either.
        try {
          await super.exchange(exchange);
        } catch (error) {
          if (!(error instanceof FakeOutsideError)) {
            throw error;
          }
        }
      };
    }
    await trap.kill();
    throw new FakeOutsideError({ failure: 'lost', sent: exchange.verb });
  };

  /** Empties it, but for what somebody holds for good. */
  async renew(): Promise<void> {
    await this.reset();
    for (const thing of STANDING_THINGS) {
      await this.placeThing({ thing });
    }
    if (this.options?.lagging) {
      await this.setCondition({ condition: { lag: { ms: LAG_MS } } });
      // What has always been there is seen.
      await new Promise(resolve => {
        setTimeout(resolve, LAG_MS);
      });
    }
  }

  #sprung(verb: ExchangePoint['verb']): Trap | undefined {
    const trap = this.#trap;
    if (trap?.point.verb !== verb) {
      return undefined;
    }
    trap.seen += 1;
    if (trap.seen !== trap.point.occurrence) {
      return undefined;
    }
    this.#trap = undefined;
    return trap;
  }
}
