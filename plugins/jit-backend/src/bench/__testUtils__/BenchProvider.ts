import {
  JitProvider,
  JitProviderError,
  ProviderConnection,
} from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a thing that can never be removed refuses: at once after the usual time, or by no answer until the call is given up. */
export type Refusal = 'fails' | 'hangs';

/** How the system behind a connection says that it does nothing just now: by no answer at all, or by 429. */
export type Trouble = 'away' | 'tooMany';

/** When to ask again, where it says so. */
const RETRY_AFTER_MS = 1_000;

/** Who the system behind the bench says it is. */
export const BENCH_IDENTITY = 'bench';

/** A provider of things of which each call takes so long. All are there from the beginning; what is gone is known in this process alone. */
export type BenchProvider = JitProvider & {
  /** The external names of what is gone. */
  gone: Set<string>;
  /** How often something was removed. */
  removals(): number;
  /** When the first of a connection was removed, in epoch milliseconds. */
  firstRemovedAt: Map<string, number>;
  /** The connections that do nothing just now. */
  troubles: Map<string, Trouble>;
  /** The external names of things that can never be removed. */
  refusals: Map<string, Refusal>;
  /** When the first call to remove each was out, in epoch milliseconds. */
  firstRevokedAt: Map<string, number>;
};

export function createBenchProvider(options: {
  latencyMs: number;
}): BenchProvider {
  const { latencyMs } = options;
  const gone = new Set<string>();
  const troubles = new Map<string, Trouble>();
  let removals = 0;
  const firstRemovedAt = new Map<string, number>();
  const refusals = new Map<string, Refusal>();
  const firstRevokedAt = new Map<string, number>();
  const wait = async (
    signal: AbortSignal,
    { name }: ProviderConnection<unknown>,
  ) => {
    const trouble = troubles.get(name);
    if (trouble === 'away') {
      throw JitProviderError.connection('It does not answer.');
    }
    if (trouble === 'tooMany') {
      throw JitProviderError.rateLimited('Too much.', RETRY_AFTER_MS);
    }
    if (latencyMs > 0) {
      await sleep(latencyMs, undefined, { signal });
    }
  };
  return {
    id: 'bench.thing',
    kind: 'infrastructure',
    connectionType: 'bench',
    connectionSchema: z.object({}),
    paramsSchema: z.object({}),
    supports: { idle: false, extend: false, sessions: false, price: false },
    readsLag: false,
    gone,
    removals: () => removals,
    firstRemovedAt,
    troubles,
    refusals,
    firstRevokedAt,
    refusedByCeiling: () => undefined,
    identity: async () => BENCH_IDENTITY,
    async grant({ externalName, connection, signal }) {
      await wait(signal, connection);
      gone.delete(externalName);
      return { done: true };
    },
    async inspect({ externalName, connection, signal }) {
      await wait(signal, connection);
      return { status: gone.has(externalName) ? 'absent' : 'present' };
    },
    async revoke({ externalName, connection, signal }) {
      removals += 1;
      if (!firstRevokedAt.has(externalName)) {
        firstRevokedAt.set(externalName, Date.now());
      }
      const refusal = refusals.get(externalName);
      if (refusal === 'hangs') {
        await sleep(2 ** 30, undefined, { signal });
      }
      await wait(signal, connection);
      if (refusal) {
        throw JitProviderError.retryable('It does not go away.');
      }
      gone.add(externalName);
      if (!firstRemovedAt.has(connection.name)) {
        firstRemovedAt.set(connection.name, Date.now());
      }
      return { done: true };
    },
  };
}
