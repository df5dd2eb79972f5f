import {
  ConnectionContext,
  JitProvider,
  OwnedThing,
  ThingActivity,
} from '@backstage-jit/plugin-jit-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLeaseContext, LeaseContextOptions } from '../context';
import { ConformanceHarness } from './ConformanceHarness';
import { ConformanceRecord } from './ConformanceRecord';
import { durationToMs } from './durationToMs';
import { ThingDriver, ThingOptions } from './ThingDriver';

let counter = 0;

async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const entries: T[] = [];
  for await (const entry of list) {
    entries.push(entry);
  }
  return entries;
}

/**
 * What a case works with: the provider, the harness, and things to try it on.
 *
 * @public
 */
export class ConformanceEnv {
  readonly harness: ConformanceHarness;
  readonly record: ConformanceRecord;
  readonly #createProvider: () => JitProvider;
  #provider: JitProvider;

  constructor(options: {
    provider: () => JitProvider;
    harness: ConformanceHarness;
    record: ConformanceRecord;
  }) {
    this.harness = options.harness;
    this.record = options.record;
    this.#createProvider = options.provider;
    this.#provider = options.provider();
  }

  get provider(): JitProvider {
    return this.#provider;
  }

  /** As after a `kill -9`: what the provider kept in memory is gone. */
  restartProvider(): void {
    this.#provider = this.#createProvider();
  }

  now(): number {
    return this.harness.now?.() ?? Date.now();
  }

  async wait(ms: number): Promise<void> {
    if (this.harness.wait) {
      await this.harness.wait(ms);
    } else {
      await sleep(ms);
    }
  }

  /** Until late calls have landed and reads have caught up, by the provider's own word. */
  async settle(): Promise<void> {
    const ms = durationToMs(this.provider.settle);
    if (ms > 0) {
      await this.wait(ms);
    }
  }

  /** A thing of its own: another lease, another subject, another external name. */
  async thing(options?: ThingOptions): Promise<ThingDriver> {
    counter += 1;
    const subject =
      options?.lease?.subject ??
      (await this.harness.subject?.(counter)) ??
      `user:default/conformance-${counter}`;
    return new ThingDriver(this, {
      ...options,
      lease: {
        requester: subject,
        subjectProfile: this.harness.subjectProfile?.(subject),
        ...options?.lease,
        subject,
      },
    });
  }

  /** The same, which has been granted. */
  async granted(options?: ThingOptions): Promise<ThingDriver> {
    const lease = await this.thing(options);
    await lease.grant();
    return lease;
  }

  leaseContext(options: Partial<LeaseContextOptions>) {
    const notAfter = options.notAfter ?? this.now() + 3_600_000;
    return createLeaseContext({
      connection: this.harness.connection(),
      params: this.harness.params(),
      logger: this.record.logger,
      ...options,
      notAfter,
      lease: { ...options.lease, expiresAt: notAfter },
    });
  }

  connectionContext(
    options?: Partial<
      Pick<ConnectionContext, 'connection' | 'mark' | 'signal'>
    >,
  ): ConnectionContext {
    const { connection, mark, signal, deadline, logger } = this.leaseContext(
      options ?? {},
    );
    return { connection, mark, signal, deadline, logger };
  }

  identity(
    options?: Partial<Pick<ConnectionContext, 'connection'>>,
  ): Promise<string> {
    return this.call('identity', () =>
      this.provider.identity(this.connectionContext(options)),
    );
  }

  async listOwned(
    options?: Partial<Pick<ConnectionContext, 'mark'>>,
  ): Promise<OwnedThing[]> {
    return await this.call('listOwned', () =>
      collect(this.provider.listOwned!(this.connectionContext(options))),
    );
  }

  /** The external names of those that the provider says are there. */
  async listPresent(expected: ThingDriver[]): Promise<string[]> {
    return await this.call('listPresent', () =>
      collect(
        this.provider.listPresent!(this.connectionContext(), {
          expected: expected.map(({ thing, handle }) => ({
            externalName: thing.externalName,
            lease: thing.lease,
            params: thing.params,
            handle,
          })),
        }),
      ),
    );
  }

  async listActivity(): Promise<ThingActivity[]> {
    return await this.call('listActivity', () =>
      collect(this.provider.listActivity!(this.connectionContext())),
    );
  }

  /** Makes one call to the provider and keeps what it let out. */
  async call<T>(operation: string, run: () => Promise<T>): Promise<T> {
    try {
      const answer = await run();
      // Credentials are the one answer that is meant to carry secrets.
      if (operation !== 'issueCredentials') {
        this.record.addAnswer(operation, answer);
      }
      return answer;
    } catch (error) {
      this.record.addError(operation, error);
      throw error;
    }
  }
}
