import { BenchSite } from './BenchSite';
import { round } from './figures';

/** What it costs that leases live while none is due. */
export interface Idle {
  live: number;
  /** Of one core, by this process. */
  cpuPercent: number;
  statementsPerSecond: number;
  rssGrowthMb: number;
}

export async function measureIdle(options: {
  server: string;
  live: number;
  milliseconds: number;
}): Promise<Idle> {
  const { server, live, milliseconds } = options;
  const site = await BenchSite.open({ server, latencyMs: 50, inFlight: 64 });
  try {
    await site.fill(live);
    // The first look warms everything up.
    await site.idle({ milliseconds: 2_000 });
    const cpuBefore = process.cpuUsage();
    const rssBefore = process.memoryUsage().rss;
    const { statements } = await site.counting(() =>
      site.idle({ milliseconds }),
    );
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      live,
      cpuPercent: round(((user + system) / 1_000 / milliseconds) * 100, 2),
      statementsPerSecond: round((statements / milliseconds) * 1_000, 1),
      rssGrowthMb: round((process.memoryUsage().rss - rssBefore) / 2 ** 20, 1),
    };
  } finally {
    await site.close();
  }
}
