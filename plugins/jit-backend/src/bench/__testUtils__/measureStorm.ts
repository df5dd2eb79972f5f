import { BenchSite } from './BenchSite';
import { median, round } from './figures';

/** Leases that end at one instant, a second, to verified absent. */
export interface Storm {
  leases: number;
  latencyMs: number;
  inFlight: number;
  perSecond: number;
  /** Of this process, for each lease. */
  cpuMsPerLease: number;
  statementsPerLease: number;
  /** Of this process, at the most, as seen at the end of each round. */
  rssMb: number;
}

/** More would warm up nothing more. */
const WARM_UP_LEASES = 10_000;

/** The median of some rounds, after one that warms up. */
export async function measureStorm(options: {
  server: string;
  leases: number;
  latencyMs: number;
  inFlight: number;
  rounds: number;
}): Promise<Storm> {
  const { server, rounds, ...size } = options;
  const speeds: number[] = [];
  const cpu: number[] = [];
  const statements: number[] = [];
  const rss: number[] = [];
  for (let turn = 0; turn <= rounds; turn += 1) {
    const site = await BenchSite.open({ server, ...size });
    const leases =
      turn > 0 ? size.leases : Math.min(size.leases, WARM_UP_LEASES);
    try {
      await site.fill(leases);
      const before = process.cpuUsage();
      const { result: ms, statements: sent } = await site.counting(() =>
        site.endAllAtOnce({ but: 0 }),
      );
      const { user, system } = process.cpuUsage(before);
      if (turn > 0) {
        speeds.push((size.leases / ms) * 1_000);
        cpu.push((user + system) / 1_000 / size.leases);
        statements.push(sent / size.leases);
        rss.push(process.memoryUsage().rss / 2 ** 20);
      }
    } finally {
      await site.close();
    }
  }
  return {
    ...size,
    perSecond: round(median(speeds)),
    cpuMsPerLease: round(median(cpu), 2),
    statementsPerLease: round(median(statements), 2),
    rssMb: round(Math.max(...rss)),
  };
}
