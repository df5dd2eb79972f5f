import { Agent, request } from 'node:http';
import { FakeCall, FakeCallStart } from '../outside/CallLog';
import {
  FakeExchange,
  FakeExchanges,
  FakeRequest,
  FakeSession,
  FakeThing,
  FakeVerb,
} from '../outside/exchanges';
import { FakeEffect, FakeOutside, InSystem } from '../outside/FakeOutside';
import { FakeOutsideError } from '../outside/FakeOutsideError';
import {
  FakeCondition,
  FakeFaultRule,
  FakeFaultSchedule,
} from '../outside/faults';
import { CALL_PATH, FakeAnswer, FakeMethod, PRESENCE_PATH } from './protocol';

/**
 * The fake outside world of a {@link FakeOutsideServer}, as another process sees it.
 *
 * @public
 */
export class RemoteFakeOutside implements FakeOutside {
  readonly #url: string;
  readonly #worker: string | undefined;
  readonly #agent = new Agent({ keepAlive: true });
  #presence: Promise<void> | undefined;

  /** @param options - `worker`: the name under which this process makes calls; needed by providers only */
  constructor(options: { url: string; worker?: string }) {
    this.#url = options.url;
    this.#worker = options.worker;
  }

  async exchange<V extends FakeVerb>(
    exchange: FakeExchange<V>,
    options?: { signal?: AbortSignal },
  ): Promise<FakeExchanges[V]['answer']> {
    return await this.#call('exchange', exchange, options?.signal);
  }

  async beginCall(call: FakeCallStart): Promise<{ callId: string }> {
    await this.#showPresence();
    return await this.#call('beginCall', call);
  }

  async endCall(options: { callId: string; outcome: string }): Promise<void> {
    await this.#call('endCall', options);
  }

  async workerGone(options: { worker: string }): Promise<void> {
    await this.#call('workerGone', options);
  }

  async signIn(
    options: InSystem & { key: string; secret?: string },
  ): Promise<{ sessionId?: string }> {
    return await this.#call('signIn', options);
  }

  async useSession(
    options: InSystem & { sessionId: string },
  ): Promise<{ alive: boolean }> {
    return await this.#call('useSession', options);
  }

  async signOut(options: InSystem & { sessionId: string }): Promise<void> {
    await this.#call('signOut', options);
  }

  async useThing(options: InSystem & { key: string }): Promise<void> {
    await this.#call('useThing', options);
  }

  async things(options?: InSystem): Promise<FakeThing[]> {
    return await this.#call('things', options);
  }

  async sessions(options?: InSystem): Promise<FakeSession[]> {
    return await this.#call('sessions', options);
  }

  async requests(options?: InSystem): Promise<FakeRequest[]> {
    return await this.#call('requests', options);
  }

  async effects(): Promise<FakeEffect[]> {
    return await this.#call('effects');
  }

  async calls(): Promise<FakeCall[]> {
    return await this.#call('calls');
  }

  async placeThing(options: InSystem & { thing: FakeThing }): Promise<void> {
    await this.#call('placeThing', options);
  }

  async snatchThing(options: InSystem & { key: string }): Promise<void> {
    await this.#call('snatchThing', options);
  }

  async addFault(rule: FakeFaultRule): Promise<void> {
    await this.#call('addFault', rule);
  }

  async scheduleFaults(schedule: FakeFaultSchedule): Promise<void> {
    await this.#call('scheduleFaults', schedule);
  }

  async clearFaults(): Promise<void> {
    await this.#call('clearFaults');
  }

  async setCondition(
    options: InSystem & { condition: FakeCondition },
  ): Promise<void> {
    const { condition, ...rest } = options;
    // JSON drops what is undefined, and undefined is how a condition ends.
    const ended = Object.keys(condition).filter(
      name => condition[name as keyof FakeCondition] === undefined,
    );
    await this.#call('setCondition', {
      ...rest,
      condition: {
        ...condition,
        ...Object.fromEntries(ended.map(name => [name, null])),
      },
    });
  }

  async landLate(): Promise<{ landed: number }> {
    return await this.#call('landLate');
  }

  async repoint(options: { from: string; to: string }): Promise<void> {
    await this.#call('repoint', options);
  }

  async setIdentity(options: InSystem & { identity: string }): Promise<void> {
    await this.#call('setIdentity', options);
  }

  async reset(): Promise<void> {
    await this.#call('reset');
  }

  /** Closes the connections; the server takes this process for dead. */
  close(): void {
    this.#agent.destroy();
  }

  async #showPresence(): Promise<void> {
    const path = PRESENCE_PATH + encodeURIComponent(this.#worker ?? '');
    this.#presence ??= new Promise<void>((resolve, reject) => {
      const presence = request(this.#url + path, { agent: this.#agent });
      presence.on('response', response => {
        response.resume();
        response.on('error', () => {});
        response.on('close', () => {
          this.#presence = undefined;
        });
        response.socket.unref();
        resolve();
      });
      presence.on('error', () => {
        this.#presence = undefined;
        reject(this.#lost('refused', path));
      });
      presence.end();
    });
    await this.#presence;
  }

  async #call<T>(
    method: FakeMethod,
    argument: unknown = {},
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    const body = JSON.stringify(argument);
    const text = await new Promise<string>((resolve, reject) => {
      const call = request(this.#url + CALL_PATH + method, {
        method: 'POST',
        agent: this.#agent,
        signal,
      });
      call.on('response', async response => {
        try {
          let received = '';
          for await (const chunk of response.setEncoding('utf8')) {
            received += chunk;
          }
          resolve(received);
        } catch {
          reject(signal?.aborted ? signal.reason : this.#lost('lost', body));
        }
      });
      call.on('error', (error: NodeJS.ErrnoException) => {
        const refused = error.code === 'ECONNREFUSED';
        reject(
          signal?.aborted
            ? signal.reason
            : this.#lost(refused ? 'refused' : 'lost', body),
        );
      });
      call.end(body);
    });
    const answer = JSON.parse(text) as FakeAnswer;
    if ('failure' in answer) {
      throw new FakeOutsideError({
        failure: answer.failure,
        sent: body,
        retryAfterMs: answer.retryAfterMs,
      });
    }
    return answer.answer as T;
  }

  #lost(failure: 'refused' | 'lost', sent: string): FakeOutsideError {
    return new FakeOutsideError({ failure, sent });
  }
}
