import assert from 'node:assert/strict';
import { ConformanceEnv } from '../ConformanceEnv';

/** More exchanges than any operation should need. */
const MAXIMUM_EXCHANGES = 300;

/**
 * Runs an operation again and again, each time on a fresh thing, with the process dying after 0, 1, 2 … of its exchanges, until one run gets
 * through.
 */
export async function crashEverywhere<T>(
  env: ConformanceEnv,
  options: {
    prepare: () => Promise<T>;
    operate: (prepared: T) => Promise<unknown>;
    /** After a restart: what must hold. */
    converge: (prepared: T, when: string) => Promise<void>;
  },
): Promise<void> {
  const { transport } = env.harness;
  for (let exchanges = 0; exchanges < MAXIMUM_EXCHANGES; exchanges++) {
    const prepared = await options.prepare();
    transport.crashAfter(exchanges);
    let failure: unknown;
    try {
      await options.operate(prepared);
    } catch (error) {
      failure = error;
    }
    const crashed = transport.crashed();
    await transport.restore();
    // What a dead process throws nobody hears, but what the case itself found wrong counts.
    const isFinding = failure instanceof assert.AssertionError;
    if (isFinding || (!crashed && failure !== undefined)) {
      throw failure;
    }
    env.restartProvider();
    const when = crashed
      ? `after a crash behind exchange ${exchanges}`
      : 'without a crash';
    await options.converge(prepared, when);
    if (!crashed) {
      assert.ok(exchanges > 0, 'The operation made no exchange at all');
      return;
    }
  }
  assert.fail(`More than ${MAXIMUM_EXCHANGES} exchanges in one operation`);
}

/**
 * Runs an operation again and again, each time on a fresh thing, with its 1st, 2nd, 3rd … exchange withheld and the call given up then, until
 * one run gets through.
 */
export async function abortEverywhere<T>(
  env: ConformanceEnv,
  options: {
    hold: {
      hold(exchange: number): void;
      whenHeld(): Promise<void>;
    };
    prepare: () => Promise<T>;
    /** Must end when its signal is aborted. */
    operate: (prepared: T, signal: AbortSignal) => Promise<unknown>;
    /** The call is given up and has ended; the exchange is still withheld. */
    afterwards: (prepared: T, exchange: number) => Promise<void>;
  },
): Promise<void> {
  const { transport } = env.harness;
  for (let exchange = 0; exchange < MAXIMUM_EXCHANGES; exchange++) {
    const prepared = await options.prepare();
    options.hold.hold(exchange);
    const controller = new AbortController();
    const operation = options.operate(prepared, controller.signal).then(
      () => 'through' as const,
      error => ({ error }),
    );
    const first = await Promise.race([
      operation,
      options.hold.whenHeld().then(() => 'held' as const),
    ]);
    if (first !== 'held') {
      await transport.restore();
      if (first !== 'through') {
        throw first.error;
      }
      assert.ok(exchange > 0, 'The operation made no exchange at all');
      return;
    }
    controller.abort(new Error('The claim was lost'));
    await settles(env, operation, `A call given up in exchange ${exchange}`);
    await options.afterwards(prepared, exchange);
    await transport.restore();
  }
  assert.fail(`More than ${MAXIMUM_EXCHANGES} exchanges in one operation`);
}

/** Fails when a call does not end at all. */
export async function settles<T>(
  env: ConformanceEnv,
  call: Promise<T>,
  what: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      call,
      new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new assert.AssertionError({ message: `${what} hangs` })),
          // Generous: it only turns a hang into a failure that says so.
          env.harness.patienceMs ?? 20_000,
        );
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
