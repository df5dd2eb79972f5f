import { TABLES } from '../../database/tables';
import { BenchSite } from './BenchSite';
import { Replica } from './Replica';

/** How long after the death of who had claimed them leases are done. */
export interface Takeover {
  leases: number;
  maxMs: number;
}

/** A process dies in the middle of its calls; another one, which was idle, takes over. */
export async function measureTakeover(options: {
  server: string;
  leases: number;
}): Promise<Takeover> {
  const { leases } = options;
  const site = await BenchSite.open({
    ...options,
    latencyMs: 50,
    inFlight: 64,
  });
  const { ledger, database } = site;
  const { knex, clock } = ledger;
  try {
    await site.fill(leases);
    await site.endEach({ apartMs: 0 });
    // Its calls take longer than it lives.
    const replica = Replica.start({ database, latencyMs: 9_000, inFlight: 64 });
    await site.until(async () => {
      const [{ count }] = await knex(TABLES.entitlements)
        .whereNotNull('claim_until')
        .where('call', 'like', '%revoke%')
        .count();
      return Number(count) === leases;
    });
    await replica.kill();
    const diedAt = await clock.now(knex);
    await site.engine.start(0);
    await site.until(async () => (await site.left()) === 0);
    const [{ last }] = await knex(TABLES.leases).max({ last: 'verified_at' });
    return { leases, maxMs: Number(last) - diedAt };
  } finally {
    await site.close();
  }
}
