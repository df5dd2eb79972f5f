import { BenchSite, Dispatcher } from './BenchSite';
import { round } from './figures';
import { Replica } from './Replica';

/** A storm that several processes share. */
export interface ReplicaStorm {
  leases: number;
  replicas: number;
  perSecond: number;
  /** How many times as fast as one process that does the same. */
  ratioToOne: number;
  /** How many things were removed more than once. */
  doubled: number;
}

/** All of them on one PostgreSQL, with the calls in flight that one connection allows over all. */
export async function measureReplicas(options: {
  server: string;
  leases: number;
  replicas: number;
  latencyMs: number;
  inFlight: number;
}): Promise<ReplicaStorm> {
  const { leases, replicas } = options;
  const one = await once({ ...options, replicas: 1 });
  const all = await once(options);
  return {
    leases,
    replicas,
    perSecond: round(all.perSecond),
    ratioToOne: round(all.perSecond / one.perSecond, 2),
    doubled: one.doubled + all.doubled,
  };
}

async function once(options: {
  server: string;
  leases: number;
  replicas: number;
  latencyMs: number;
  inFlight: number;
}): Promise<{ perSecond: number; doubled: number }> {
  const { leases, replicas } = options;
  const site = await BenchSite.open(options);
  const started = Array.from({ length: replicas }, () =>
    Replica.start({ ...options, database: site.database }),
  );
  let removals = 0;
  const by: Dispatcher = {
    start: async () => {},
    stop: async () => {
      for (const replica of started) {
        removals += await replica.stop();
      }
    },
  };
  try {
    await site.fill(leases);
    const ms = await site.endAllAtOnce({ but: 0, by, inMs: 10_000 });
    return { perSecond: (leases / ms) * 1_000, doubled: removals - leases };
  } finally {
    await site.close();
  }
}
