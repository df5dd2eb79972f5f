import { Clock, systemClock } from '../../clock';
import { CallLog, FakeCall, FakeCallStart } from './CallLog';
import { FakeExchange, FakeExchanges, FakeVerb } from './exchanges';
import { FakeEffect, FakeOutside, InSystem, MAIN_SYSTEM } from './FakeOutside';
import { FakeFailure, FakeOutsideError } from './FakeOutsideError';
import { FakeSystem } from './FakeSystem';
import { FaultBook } from './FaultBook';
import {
  FakeCondition,
  FakeFault,
  FakeFaultRule,
  FakeFaultSchedule,
} from './faults';

function keyOf(ask: object): string | undefined {
  if ('key' in ask) {
    return String(ask.key);
  }
  return 'thing' in ask ? (ask.thing as { key: string }).key : undefined;
}

function never(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}

/**
 * The fake outside world in this process.
 *
 * @public
 */
export class FakeWorld implements FakeOutside {
  readonly #clock: Clock;
  readonly #systems = new Map<string, FakeSystem>();
  readonly #pointers = new Map<string, string>();
  readonly #faults = new FaultBook();
  readonly #late = new Set<() => void>();
  #log = new CallLog();
  #effects: FakeEffect[] = [];

  constructor(options?: { clock?: Clock }) {
    this.#clock = options?.clock ?? systemClock;
  }

  async exchange<V extends FakeVerb>(
    exchange: FakeExchange<V>,
    options?: { signal?: AbortSignal },
  ): Promise<FakeExchanges[V]['answer']> {
    const signal = options?.signal;
    signal?.throwIfAborted();
    const system = this.#system(exchange);
    const { condition } = system;
    if (condition.down) {
      throw this.#error(exchange, 'refused');
    }
    if (condition.rights === 'none' || condition.rights === 'unknown') {
      const unknown = condition.rights === 'unknown';
      throw this.#error(exchange, unknown ? 'unauthorized' : 'forbidden');
    }
    if (condition.tooManyRequests) {
      const { retryAfterMs } = condition.tooManyRequests;
      throw this.#error(exchange, 'too-many', retryAfterMs);
    }
    const { verb, ask } = exchange;
    const isList = verb === 'list' || verb === 'listActivity';
    if (condition.brokenLists && isList && 'cursor' in ask) {
      throw this.#error(exchange, 'lost');
    }
    const fault = this.#faults.next({
      system: exchange.system,
      verb,
      key: keyOf(ask),
    });
    const perform = () => {
      system.expireSessions();
      return structuredClone(system.perform(verb, structuredClone(ask)));
    };
    if (fault) {
      await this.#strike(fault, exchange, perform, signal);
    }
    return perform();
  }

  /** Returns when the exchange is to be performed after all. */
  async #strike(
    fault: FakeFault,
    exchange: FakeExchange<FakeVerb>,
    perform: () => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    switch (fault.type) {
      case 'latency':
        await Promise.race([
          new Promise<void>(resolve => {
            this.#clock.schedule(fault.ms, resolve);
          }),
          never(signal),
        ]);
        return;
      case 'reject':
        throw this.#error(exchange, fault.as, fault.retryAfterMs ?? 1000);
      case 'lose-answer':
        perform();
        throw this.#error(exchange, 'lost');
      case 'land-late': {
        const land = () => {
          if (this.#late.delete(land)) {
            perform();
          }
        };
        this.#late.add(land);
        if (fault.afterMs !== undefined) {
          this.#clock.schedule(fault.afterMs, land);
        }
        if (fault.hang) {
          await never(signal);
        }
        throw this.#error(exchange, 'lost');
      }
      default:
        await never(signal);
    }
  }

  async beginCall(call: FakeCallStart): Promise<{ callId: string }> {
    return { callId: this.#log.begin(call, this.#clock.now()) };
  }

  async endCall(options: { callId: string; outcome: string }): Promise<void> {
    this.#log.end(options.callId, options.outcome, this.#clock.now());
  }

  async workerGone(options: { worker: string }): Promise<void> {
    this.#log.workerGone(options.worker);
  }

  async signIn(options: InSystem & { key: string; secret?: string }) {
    const sessionId = this.#system(options).signIn(options.key, options.secret);
    return { sessionId };
  }

  async useSession(options: InSystem & { sessionId: string }) {
    const system = this.#system(options);
    system.expireSessions();
    return { alive: system.useSession(options.sessionId) };
  }

  async signOut(options: InSystem & { sessionId: string }): Promise<void> {
    const { sessions } = this.#system(options);
    sessions.set(options.sessionId, undefined, this.#clock.now());
  }

  async useThing(options: InSystem & { key: string }): Promise<void> {
    this.#system(options).recordUse(options.key);
  }

  async things(options?: InSystem) {
    return structuredClone(this.#system(options).things.values());
  }

  async sessions(options?: InSystem) {
    const system = this.#system(options);
    system.expireSessions();
    return structuredClone(system.sessions.values());
  }

  async requests(options?: InSystem) {
    return [...this.#system(options).requests.values()]
      .filter(request => request.state === 'in-progress')
      .map(({ id, action, key, state }) => ({ id, action, key, state }));
  }

  async effects(): Promise<FakeEffect[]> {
    return structuredClone(this.#effects);
  }

  async calls(): Promise<FakeCall[]> {
    return structuredClone(this.#log.all());
  }

  async placeThing(
    options: InSystem & { thing: FakeExchanges['put']['ask']['thing'] },
  ): Promise<void> {
    const { thing } = options;
    this.#system(options).things.set(
      thing.key,
      structuredClone(thing),
      this.#clock.now(),
    );
  }

  async snatchThing(options: InSystem & { key: string }): Promise<void> {
    const { things } = this.#system(options);
    things.set(options.key, undefined, this.#clock.now());
  }

  async addFault(rule: FakeFaultRule): Promise<void> {
    this.#faults.add(rule);
  }

  async scheduleFaults(schedule: FakeFaultSchedule): Promise<void> {
    this.#faults.schedule(schedule);
  }

  async clearFaults(): Promise<void> {
    this.#faults.clear();
  }

  async setCondition(
    options: InSystem & { condition: FakeCondition },
  ): Promise<void> {
    this.#system(options).setCondition(options.condition);
  }

  async landLate(): Promise<{ landed: number }> {
    const late = [...this.#late];
    for (const land of late) {
      land();
    }
    return { landed: late.length };
  }

  async repoint(options: { from: string; to: string }): Promise<void> {
    this.#pointers.set(options.from, options.to);
  }

  async setIdentity(options: InSystem & { identity: string }): Promise<void> {
    this.#system(options).identity = options.identity;
  }

  async reset(): Promise<void> {
    this.#systems.clear();
    this.#pointers.clear();
    this.#faults.clear();
    this.#late.clear();
    this.#log = new CallLog();
    this.#effects = [];
  }

  #system(options: InSystem | undefined): FakeSystem {
    const asked = options?.system ?? MAIN_SYSTEM;
    const name = this.#pointers.get(asked) ?? asked;
    const known = this.#systems.get(name);
    if (known) {
      return known;
    }
    const system = new FakeSystem({
      name,
      clock: this.#clock,
      onEffect: (key, effect) => {
        const at = this.#clock.now();
        this.#effects.push({ at, system: name, key, effect });
      },
    });
    this.#systems.set(name, system);
    return system;
  }

  #error(
    exchange: FakeExchange<FakeVerb>,
    failure: FakeFailure,
    retryAfterMs?: number,
  ): FakeOutsideError {
    return new FakeOutsideError({
      failure,
      sent: JSON.stringify(exchange),
      ...(failure === 'too-many' && { retryAfterMs }),
    });
  }
}
