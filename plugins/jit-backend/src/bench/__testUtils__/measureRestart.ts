import { TABLES } from '../../database/tables';
import { BenchSite } from './BenchSite';

/** How soon after its start a backend begins with what is overdue. */
export interface Restart {
  live: number;
  overdue: number;
  firstRevocationMs: number;
}

/** Many live leases, some of which have ended while nothing ran. */
export async function measureRestart(options: {
  server: string;
  live: number;
  overdue: number;
}): Promise<Restart> {
  const { live, overdue } = options;
  const site = await BenchSite.open({
    ...options,
    latencyMs: 50,
    inFlight: 64,
  });
  const { knex, clock } = site.ledger;
  try {
    await site.fill(live);
    const over = (await clock.now(knex)) - 60_000;
    const ids: string[] = await knex(TABLES.leases).limit(overdue).pluck('id');
    await knex(TABLES.leases).whereIn('id', ids).update({ expires_at: over });
    await knex(TABLES.entitlements)
      .whereIn('id', ids)
      .update({ next_at: over, turn_at: over });
    const begun = Date.now();
    await site.engine.start(0);
    await site.until(async () => site.provider.firstRevokedAt.size > 0);
    const first = Math.min(...site.provider.firstRevokedAt.values());
    return { live, overdue, firstRevocationMs: first - begun };
  } finally {
    await site.close();
  }
}
