import {
  FakeOutsideError,
  FakeWorld,
} from '@backstage-jit/plugin-jit-test-utils';
import { STANDING_THINGS } from './crew';
import { Trap } from './Trap';

/** How much later than it happens a lagging world shows what happened. */
const LAG_MS = 300;

/** What its providers declare: reads never lag longer than that. */
export const LAGGING_SETTLE_MS = 400;

/** The outside world of the crash tests, in which the one who asks may be killed at any exchange. */
export class CrashWorld extends FakeWorld {
  readonly trap = new Trap();

  /** @param options - `lagging`: whether every read answers as things stood a while ago */
  constructor(private readonly options?: { lagging?: boolean }) {
    super();
  }

  override exchange: FakeWorld['exchange'] = async (exchange, options) =>
    await this.trap.pass(
      { at: 'exchange', verb: exchange.verb },
      {
        deliver: () => super.exchange(exchange, options),
        late: async () => {
          // In bad weather it may be refused when it comes, and nobody hears of that either.
          try {
            await super.exchange(exchange);
          } catch (error) {
            if (!(error instanceof FakeOutsideError)) {
              throw error;
            }
          }
        },
        lost: () => {
          throw new FakeOutsideError({ failure: 'lost', sent: exchange.verb });
        },
      },
    );

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
}
