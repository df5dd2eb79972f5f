import { JitProvider, JitProviderError } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a thing that can never be removed refuses: at once after the usual time, or by no answer until the call is given up. */
export type Refusal = 'fails' | 'hangs';

/** Who the system behind the bench says it is. */
export const BENCH_IDENTITY = 'bench';

/** A provider of things of which each call takes so long. All are there from the beginning; what is gone is known in this process alone. */
export type BenchProvider = JitProvider & {
  /** The external names of what is gone. */
  gone: Set<string>;
  /** How often something was removed. */
  removals(): number;
  /** When the first was removed, in epoch milliseconds. */
  firstAnsweredAt(): number | undefined;
  /** Whether the system answers nothing from now on. */
  goAway(away: boolean): void;
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
  const state = { away: false };
  let removals = 0;
  let firstAnsweredAt: number | undefined;
  const refusals = new Map<string, Refusal>();
  const firstRevokedAt = new Map<string, number>();
  const wait = async (signal: AbortSignal) => {
    if (state.away) {
      throw JitProviderError.connection('It does not answer.');
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
    firstAnsweredAt: () => firstAnsweredAt,
    goAway: away => {
      state.away = away;
    },
    refusals,
    firstRevokedAt,
    refusedByCeiling: () => undefined,
    identity: async () => BENCH_IDENTITY,
    async grant({ externalName, signal }) {
      await wait(signal);
      gone.delete(externalName);
      return { done: true };
    },
    async inspect({ externalName, signal }) {
      await wait(signal);
      return { status: gone.has(externalName) ? 'absent' : 'present' };
    },
    async revoke({ externalName, signal }) {
      removals += 1;
      if (!firstRevokedAt.has(externalName)) {
        firstRevokedAt.set(externalName, Date.now());
      }
      const refusal = refusals.get(externalName);
      if (refusal === 'hangs') {
        await sleep(2 ** 30, undefined, { signal });
      }
      await wait(signal);
      if (refusal) {
        throw JitProviderError.retryable('It does not go away.');
      }
      gone.add(externalName);
      firstAnsweredAt ??= Date.now();
      return { done: true };
    },
  };
}
