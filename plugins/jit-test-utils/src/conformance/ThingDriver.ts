import {
  Inspection,
  JitProviderError,
  KeepProgress,
  LeaseContext,
  OwnershipMark,
  Progress,
  ProviderHandle,
  ProviderLease,
  ThingActivity,
} from '@backstage-jit/plugin-jit-node';
import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import assert from 'node:assert/strict';
import {
  createExternalName,
  createProviderLease,
  DEFAULT_MARK,
} from '../context';
import type { ConformanceEnv } from './ConformanceEnv';
import {
  ConformanceSession,
  ConformanceThing,
  isApplicable,
} from './ConformanceHarness';
import { CrashedError } from './CrashedError';
import { driveToDone } from './driveToDone';
import { durationToMs } from './durationToMs';

/** @public */
export interface ThingOptions {
  lease?: Partial<ProviderLease>;
  params?: unknown;
  mark?: OwnershipMark;
  externalName?: string;
}

/** @public */
export interface CallOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Calls as if no handle had been committed. */
  withoutHandle?: boolean;
  /** Epoch milliseconds. */
  notAfter?: number;
}

type ProgressOperation = 'grant' | 'keep' | 'revoke' | 'extend';

const ROUNDS_TO_END = 10;
const ATTEMPTS = 5;

/**
 * Drives one thing through a provider as the engine would, without an engine.
 *
 * @public
 */
export class ThingDriver {
  readonly thing: ConformanceThing;
  /** The last handle that was committed. */
  handle: ProviderHandle | undefined;
  readonly #env: ConformanceEnv;

  constructor(env: ConformanceEnv, options: ThingOptions) {
    this.#env = env;
    this.thing = {
      externalName: options.externalName ?? createExternalName(),
      lease: createProviderLease(options.lease),
      params: options.params ?? env.harness.params(),
      mark: options.mark ?? DEFAULT_MARK,
    };
  }

  /** Another lease on the same shared thing. */
  async sibling(): Promise<ThingDriver> {
    const { lease, params, mark, externalName } = this.thing;
    const sibling = await this.#env.thing({
      lease: { subject: lease.subject },
      params,
      mark,
      externalName,
    });
    sibling.handle = this.handle;
    return sibling;
  }

  context(options?: CallOptions): LeaseContext {
    return this.#env.leaseContext({
      ...this.thing,
      handle: options?.withoutHandle ? undefined : this.handle,
      signal: options?.signal,
      timeoutMs: options?.timeoutMs,
      ...(options?.notAfter && { notAfter: options.notAfter }),
    });
  }

  /** For a provider whose credentials live on by themselves, with fresh ones: before, there may be nothing outside. */
  async grant(options?: CallOptions): Promise<Progress[]> {
    await this.#env.harness.make?.(this.thing);
    const answers = await this.#drive('grant', options);
    if (this.#env.provider.intendCredentials) {
      await this.mint({ ...options, withoutHandle: false });
    }
    return answers;
  }

  revoke(options?: CallOptions): Promise<Progress[]> {
    return this.#drive('revoke', options);
  }

  keep(options?: CallOptions): Promise<KeepProgress[]> {
    return this.#drive('keep', options);
  }

  extend(options?: CallOptions): Promise<Progress[]> {
    return this.#drive('extend', options);
  }

  /** Looks until the answer is no longer `pending`. */
  async inspect(options?: CallOptions): Promise<Inspection> {
    for (let looks = 0; looks < 200; looks++) {
      const inspection = await this.#call('inspect', options, () =>
        this.#env.provider.inspect(this.context(options)),
      );
      if (inspection.status !== 'pending') {
        return inspection;
      }
      await this.#env.wait(durationToMs(inspection.lookAgainIn) || 100);
    }
    throw new Error('The thing is pending for ever');
  }

  async mint(options?: CallOptions): Promise<IssuedCredentials> {
    const { access } = this.#env.harness;
    this.#intend(options);
    const credentials = await this.#call('issueCredentials', options, () =>
      this.#env.provider.issueCredentials!(this.context(options)),
    );
    if (isApplicable(access)) {
      this.#env.record.addSecrets(access.secretsOf(credentials));
    }
    return credentials;
  }

  /** Fresh credentials where the provider gives any. */
  async mintIfAny(): Promise<IssuedCredentials | undefined> {
    return this.#env.provider.issueCredentials ? await this.mint() : undefined;
  }

  /**
   * Takes the thing back as the engine does: revokes and looks, and does so again while it is still seen. Absence counts when it is seen after
   * `settle`, once more where there is one.
   */
  async end(options?: CallOptions): Promise<void> {
    let last: Inspection | undefined;
    for (let round = 0; round < ROUNDS_TO_END; round++) {
      await this.revoke(options);
      await this.#env.settle();
      last = await this.inspect(options);
      if (last.status === 'absent' && this.#env.provider.settle) {
        await this.#env.settle();
        last = await this.inspect(options);
      }
      if (last.status === 'absent') {
        return;
      }
      if (last.aliveUntil) {
        await this.#env.wait(Math.max(0, last.aliveUntil - this.#env.now()));
      }
    }
    assert.fail(
      `After ${ROUNDS_TO_END} times of revoking it is still seen: ${JSON.stringify(
        last,
      )}`,
    );
  }

  /** What is there outside, seen without the provider. */
  async remains(): Promise<string[]> {
    return (await this.#env.harness.look(this.thing)).remains;
  }

  async assertGone(when: string): Promise<void> {
    assert.deepEqual(await this.remains(), [], `Left outside ${when}`);
    const { status } = await this.inspect();
    assert.equal(status, 'absent', `How it is inspected ${when}`);
  }

  async assertPresent(when: string): Promise<void> {
    assert.notDeepEqual(await this.remains(), [], `Nothing outside ${when}`);
    const { status } = await this.inspect();
    assert.equal(status, 'present', `How it is inspected ${when}`);
  }

  /** Whatever state things are in: absent is said only when nothing is left outside. */
  async assertTruthful(when: string): Promise<void> {
    await this.#env.settle();
    const { status } = await this.inspect();
    if (status === 'absent') {
      assert.deepEqual(await this.remains(), [], `Absent, but left ${when}`);
    }
  }

  /** Whether the access works outside. True of something that gives none. */
  async works(credentials?: IssuedCredentials): Promise<boolean> {
    const { access } = this.#env.harness;
    return isApplicable(access)
      ? await access.works(this.thing, credentials)
      : true;
  }

  async openSession(
    credentials?: IssuedCredentials,
  ): Promise<ConformanceSession> {
    const { sessions } = this.#env.harness;
    assert.ok(isApplicable(sessions), 'The harness cannot open sessions');
    return await sessions.open(this.thing, credentials);
  }

  /** Uses it outside, as its users do. What is open is closed by `close`. */
  async use(): Promise<{ close(): Promise<void> }> {
    const { harness } = this.#env;
    if (harness.use) {
      await harness.use(this.thing);
      return { close: async () => {} };
    }
    const session = await this.openSession(await this.mintIfAny());
    assert.ok(await session.alive(), 'The thing cannot be used');
    return session;
  }

  /** How it was used, as one look at the whole connection shows it. */
  async activity(): Promise<ThingActivity> {
    const { externalName } = this.thing;
    const listed = (await this.#env.listActivity()).filter(
      each => each.externalName === externalName,
    );
    assert.equal(listed.length, 1, `${externalName} is not listed once`);
    return listed[0];
  }

  /** As the engine does before it mints. */
  #intend(options?: CallOptions): void {
    const { provider } = this.#env;
    const { lease, params, handle } = this.context(options);
    const now = this.#env.now();
    const landsIn =
      durationToMs(provider.callTimeout) + durationToMs(provider.settle);
    const intended = provider.intendCredentials?.({
      lease,
      params,
      handle,
      now,
      landsUntil: now + landsIn,
    });
    if (intended) {
      this.handle = JSON.parse(JSON.stringify(intended));
    }
  }

  async #drive(
    operation: ProgressOperation,
    options?: CallOptions,
  ): Promise<KeepProgress[]> {
    return await driveToDone({
      handle: options?.withoutHandle ? undefined : this.handle,
      step: handle =>
        this.#call(operation, options, () =>
          this.#env.provider[operation]!({ ...this.context(options), handle }),
        ),
      wait: ms => this.#env.wait(ms),
      onCommit: handle => {
        this.handle = handle;
      },
    });
  }

  /** One call. As the engine does, it is made again when the provider says that this may help. */
  async #call<T>(
    operation: string,
    options: CallOptions | undefined,
    run: () => Promise<T>,
  ): Promise<T> {
    const { transport } = this.#env.harness;
    const isToBeCutShort = options?.signal || options?.timeoutMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#callOnce(operation, run);
      } catch (error) {
        if (
          !JitProviderError.is(error) ||
          error.class !== 'retryable' ||
          isToBeCutShort ||
          transport.crashed() ||
          attempt === ATTEMPTS
        ) {
          throw error;
        }
        await this.#env.wait(100);
      }
    }
  }

  async #callOnce<T>(operation: string, run: () => Promise<T>): Promise<T> {
    const answer = await this.#env.call(operation, run);
    // Nobody hears what a dead process answers, and nothing of it is committed.
    if (this.#env.harness.transport.crashed()) {
      throw new CrashedError(answer);
    }
    return answer;
  }
}
