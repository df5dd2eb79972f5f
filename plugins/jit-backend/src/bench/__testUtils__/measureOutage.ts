import { setTimeout as sleep } from 'node:timers/promises';
import { TABLES } from '../../database/tables';
import { BenchSite } from './BenchSite';

/** What comes of leases whose provider is away when they end. */
export interface Outage {
  leases: number;
  awaySeconds: number;
  /** From its return until the first call that it answers. */
  backlogStartsMs: number;
  /** Failed attempts that were counted against leases: none, as it was not theirs. */
  attemptsLost: number;
  /** From its return until the last was verified absent. */
  backlogDoneMs: number;
}

/** All of them end while it is away. */
export async function measureOutage(options: {
  server: string;
  leases: number;
  awayMs: number;
}): Promise<Outage> {
  const { leases, awayMs } = options;
  const site = await BenchSite.open({
    ...options,
    latencyMs: 50,
    inFlight: 64,
  });
  const { provider, ledger } = site;
  const { knex, clock } = ledger;
  try {
    await site.fill(leases);
    provider.goAway(true);
    await site.endEach({ apartMs: 0 });
    await site.engine.start(0);
    await sleep(1_000 + awayMs);
    const [{ lost }] = await knex(TABLES.leases).sum({ lost: 'attempts' });
    const backAt = await clock.now(knex);
    provider.goAway(false);
    await site.until(async () => provider.firstAnsweredAt() !== undefined);
    await site.until(async () => (await site.left()) === 0);
    const [{ last }] = await knex(TABLES.leases).max({ last: 'verified_at' });
    return {
      leases,
      awaySeconds: awayMs / 1_000,
      backlogStartsMs: provider.firstAnsweredAt()! - backAt,
      attemptsLost: Number(lost),
      backlogDoneMs: Number(last) - backAt,
    };
  } finally {
    await site.close();
  }
}
