import { createDeferred } from '@backstage/types';
import { TransportFaults } from './TransportFaults';

type Mode =
  | { type: 'open' }
  | { type: 'crash'; after: number; reached: boolean }
  | { type: 'hold'; exchange: number };

/** @public */
export interface TapRunOptions<T> {
  /** When given, a withheld exchange rejects on abort, as `fetch` does. Without it, it stays pending like a socket that is silent. */
  signal?: AbortSignal;
  /** How the effect gets there when the withheld exchange is released; by sending it when not given. */
  deliverLate?: () => Promise<T>;
}

/**
 * The faults of the kit for a transport that goes through one function: wrap each exchange in `run`.
 *
 * @example
 * ```ts
 * const tap = new ExchangeTap({ onCrash: () => sockets.destroyAll() });
 * const query = (sql: string) => tap.run(() => client.query(sql));
 * ```
 *
 * @public
 */
export class ExchangeTap implements TransportFaults {
  readonly #onCrash: () => void;
  #mode: Mode = { type: 'open' };
  #sent = 0;
  #deliver: (() => Promise<unknown>) | undefined;
  #held = createDeferred<void>();

  constructor(options?: { onCrash?: () => void }) {
    this.#onCrash = options?.onCrash ?? (() => {});
  }

  /** Sends one exchange, unless a fault says otherwise. */
  async run<T>(send: () => Promise<T>, options?: TapRunOptions<T>): Promise<T> {
    options?.signal?.throwIfAborted();
    const mode = this.#mode;
    if (mode.type === 'crash' && this.#sent >= mode.after) {
      this.#crash(mode);
    }
    const index = this.#sent;
    this.#sent += 1;
    if (mode.type === 'hold' && index === mode.exchange) {
      return await this.#withhold(send, options);
    }
    const answer = await send();
    if (mode.type === 'crash' && this.#sent >= mode.after) {
      this.#crash(mode);
    }
    return answer;
  }

  sent(): number {
    return this.#sent;
  }

  crashAfter(exchanges: number): void {
    this.#start({ type: 'crash', after: exchanges, reached: false });
  }

  crashed(): boolean {
    return this.#mode.type === 'crash' && this.#mode.reached;
  }

  hold(exchange: number): void {
    this.#start({ type: 'hold', exchange });
  }

  whenHeld(): Promise<void> {
    return this.#held;
  }

  async release(): Promise<void> {
    const deliver = this.#deliver;
    this.#deliver = undefined;
    await deliver?.();
  }

  async restore(): Promise<void> {
    this.#start({ type: 'open' });
  }

  #start(mode: Mode): void {
    this.#mode = mode;
    this.#sent = 0;
    this.#deliver = undefined;
    this.#held = createDeferred<void>();
  }

  #crash(mode: { reached: boolean }): never {
    if (!mode.reached) {
      mode.reached = true;
      this.#onCrash();
    }
    throw new Error('The process died here');
  }

  #withhold<T>(send: () => Promise<T>, options?: TapRunOptions<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const signal = options?.signal;
      const onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#deliver = async () => {
        try {
          // For a caller that has given up, this is too late; one that has not may go on.
          resolve(await (options?.deliverLate ?? send)());
        } catch (error) {
          reject(error);
        }
      };
      this.#held.resolve();
    });
  }
}
