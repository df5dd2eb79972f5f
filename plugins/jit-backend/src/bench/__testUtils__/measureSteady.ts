import { BenchSite } from './BenchSite';
import { Spread, spreadOf } from './figures';

/** How late leases end that end one after the other. */
export interface Steady {
  leases: number;
  apartMs: number;
  /** From the end of the lease until the first call to the provider is out. */
  startLagMs: Spread;
  /** Until it was verified absent. */
  goneLagMs: Spread;
}

/** The provider and the database are on one machine, and so have one clock. */
export async function measureSteady(options: {
  server: string;
  leases: number;
  apartMs: number;
  latencyMs: number;
}): Promise<Steady> {
  const { server, leases, apartMs, latencyMs } = options;
  const site = await BenchSite.open({ server, latencyMs, inFlight: 64 });
  try {
    await site.fill(leases);
    const ends = await site.endOneByOne({ apartMs });
    const { firstRevokedAt } = site.provider;
    return {
      leases,
      apartMs,
      startLagMs: spreadOf(
        ends.map(
          ({ externalName, expiresAt }) =>
            firstRevokedAt.get(externalName)! - expiresAt,
        ),
      ),
      goneLagMs: spreadOf(
        ends.map(({ expiresAt, verifiedAt }) => verifiedAt - expiresAt),
      ),
    };
  } finally {
    await site.close();
  }
}
