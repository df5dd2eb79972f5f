import {
  FakeFaultSchedule,
  seededRandom,
} from '@backstage-jit/plugin-jit-test-utils';
import { setTimeout as sleep } from 'node:timers/promises';
import { Trap } from '../Trap';

/** Systems say in whole seconds when to come back. */
const SECOND_MS = 1_000;

/** What the processes reach an emulator through: it has the faults of a fake world, and a process may die at any request. */
export class Door {
  #faults?: FakeFaultSchedule;
  #random: () => number = () => 1;

  constructor(private readonly trap: Trap) {}

  scheduleFaults(faults: FakeFaultSchedule): void {
    this.#faults = faults;
    this.#random = seededRandom(faults.seed);
  }

  clearFaults(): void {
    this.#faults = undefined;
  }

  /** @param answers - how the system says that it is away, and that it is asked too much */
  async pass<T>(
    deliver: () => Promise<T>,
    answers: {
      unavailable: () => T;
      tooMany: (wait: { retryAfterMs: number }) => Promise<T>;
    },
  ): Promise<T> {
    const fault = this.#next();
    switch (fault) {
      case 'unavailable':
      case 'refused':
        return answers.unavailable();
      case 'tooMany':
        return await answers.tooMany({ retryAfterMs: SECOND_MS });
      case 'latency':
        await sleep(this.#faults?.latencyMs);
        break;
      default:
    }
    const answer = await this.trap.pass(
      { at: 'request' },
      {
        deliver,
        late: async () => {
          await deliver();
        },
        lost: answers.unavailable,
      },
    );
    return fault === 'loseAnswer' ? answers.unavailable() : answer;
  }

  #next(): string | undefined {
    let left = this.#random();
    return Object.entries(this.#faults?.rates ?? {}).find(([, rate]) => {
      left -= rate;
      return left < 0;
    })?.[0];
  }
}
