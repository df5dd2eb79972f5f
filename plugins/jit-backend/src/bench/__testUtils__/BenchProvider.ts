import { JitProvider, JitProviderError } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a thing that can never be removed refuses: at once after the usual time, or by no answer until the call is given up. */
export type Refusal = 'fails' | 'hangs';

/** Who the system behind the bench says it is. */
export const BENCH_IDENTITY = 'bench';

/** A provider of things that exist in memory alone, of which each call takes so long. */
export function createBenchProvider(options: {
  latencyMs: number;
}): JitProvider & {
  /** The external names of what is there. */
  things: Set<string>;
  /** The external names of things that can never be removed. */
  refusals: Map<string, Refusal>;
  /** When the first call to remove each was out, in epoch milliseconds. */
  firstRevokedAt: Map<string, number>;
} {
  const { latencyMs } = options;
  const things = new Set<string>();
  const refusals = new Map<string, Refusal>();
  const firstRevokedAt = new Map<string, number>();
  const wait = async (signal: AbortSignal) => {
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
    things,
    refusals,
    firstRevokedAt,
    refusedByCeiling: () => undefined,
    identity: async () => BENCH_IDENTITY,
    async grant({ externalName, signal }) {
      await wait(signal);
      things.add(externalName);
      return { done: true };
    },
    async inspect({ externalName, signal }) {
      await wait(signal);
      return { status: things.has(externalName) ? 'present' : 'absent' };
    },
    async revoke({ externalName, signal }) {
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
      things.delete(externalName);
      return { done: true };
    },
  };
}
