import { FakeVerb } from '@backstage-jit/plugin-jit-test-utils';
import { ExchangePoint, Occurring, RequestPoint } from './KillPoint';

/** What is on its way to the outside. */
export type Passing = { at: 'exchange'; verb: FakeVerb } | { at: 'request' };

type TrapPoint = ExchangePoint | RequestPoint;

/** Between the processes and the outside: whoever asks there may be killed at any exchange. */
export class Trap {
  #armed?: {
    point: Occurring<TrapPoint>;
    seen: number;
    kill: () => Promise<void>;
  };
  #late?: () => Promise<void>;

  /** @param kill - ends the process that asks, and returns when it is dead */
  set(
    point: Occurring<TrapPoint> | undefined,
    kill: () => Promise<void> = async () => {},
  ): void {
    this.#armed = point && { point, seen: 0, kill };
  }

  /** The exchange that was on its way when its sender died, to take effect whenever it is called; none when there is none. */
  takeLate(): (() => Promise<void>) | undefined {
    const late = this.#late;
    this.#late = undefined;
    return late;
  }

  /**
   * Lets something through, or kills who sent it.
   *
   * @param exchange - `deliver` has it done, `late` has it done when nobody waits for the answer, `lost` is what the dead would hear
   */
  async pass<T>(
    passing: Passing,
    exchange: {
      deliver: () => Promise<T>;
      late: () => Promise<void>;
      lost: () => T;
    },
  ): Promise<T> {
    const sprung = this.#sprung(passing);
    if (!sprung) {
      return await exchange.deliver();
    }
    const { point, kill } = sprung;
    if (point.moment === 'after') {
      const answer = await exchange.deliver();
      await kill();
      return answer;
    }
    if (point.moment === 'late') {
      this.#late = exchange.late;
    }
    await kill();
    return exchange.lost();
  }

  #sprung(passing: Passing) {
    const armed = this.#armed;
    if (!armed || !fits(armed.point, passing)) {
      return undefined;
    }
    armed.seen += 1;
    if (armed.seen !== armed.point.occurrence) {
      return undefined;
    }
    this.#armed = undefined;
    return armed;
  }
}

function fits(point: TrapPoint, passing: Passing): boolean {
  return (
    point.at === passing.at &&
    (point.at !== 'exchange' ||
      passing.at !== 'exchange' ||
      point.verb === passing.verb)
  );
}
