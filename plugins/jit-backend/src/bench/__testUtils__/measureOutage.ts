import { setTimeout as sleep } from 'node:timers/promises';
import { TABLES } from '../../database/tables';
import { Trouble } from './BenchProvider';
import { BenchSite, MAIN } from './BenchSite';
import { median, round } from './figures';

/** What comes of leases whose provider does nothing when they end. */
export interface Outage {
  leases: number;
  awaySeconds: number;
  /** From its return until the first call that it answers. */
  backlogStartsMs: number;
  /** From its return until the last was verified absent. */
  backlogDoneMs: number;
  /** Failed attempts that were counted against leases, while it was away and while it answered 429: none, as it was not theirs. */
  attemptsLost: number;
  /** Leases of another connection that end at the same instant, a second. */
  others: { alonePerSecond: number; besidePerSecond: number };
  /** Beside one that is away, of their speed without it. */
  othersRatio: number;
}

const ROUNDS = 3;
const OTHER = 'other';
const SIZE = { latencyMs: 50, inFlight: 64 };

/** All of them end while it does nothing, and anew while it says that it is asked too much. */
export async function measureOutage(options: {
  server: string;
  leases: number;
  awayMs: number;
  tooManyMs: number;
}): Promise<Outage> {
  const { leases, awayMs, tooManyMs } = options;
  const away = await endWhile('away', options);
  const tooMany = await endWhile('tooMany', { ...options, awayMs: tooManyMs });
  return {
    leases,
    awaySeconds: awayMs / 1_000,
    ...away,
    attemptsLost: away.attemptsLost + tooMany.attemptsLost,
    ...(await compareOthers(options)),
  };
}

async function endWhile(
  trouble: Trouble,
  options: { server: string; leases: number; awayMs: number },
): Promise<Pick<Outage, 'backlogStartsMs' | 'backlogDoneMs' | 'attemptsLost'>> {
  const { server, leases, awayMs } = options;
  const site = await BenchSite.open({ server, ...SIZE });
  const { provider, ledger } = site;
  const { knex, clock } = ledger;
  try {
    await site.fill(leases);
    provider.troubles.set(MAIN, trouble);
    await site.endEach({ apartMs: 0 });
    await site.engine.start(0);
    await sleep(1_000 + awayMs);
    const [{ lost }] = await knex(TABLES.leases).sum({ lost: 'attempts' });
    const backAt = await clock.now(knex);
    provider.troubles.clear();
    await site.until(async () => (await site.left()) === 0);
    const [{ last }] = await knex(TABLES.leases).max({ last: 'verified_at' });
    return {
      backlogStartsMs: provider.firstRemovedAt.get(MAIN)! - backAt,
      attemptsLost: Number(lost),
      backlogDoneMs: Number(last) - backAt,
    };
  } finally {
    await site.close();
  }
}

/** Takes turns between the two, after one of each that warms up. */
async function compareOthers(options: {
  server: string;
  leases: number;
}): Promise<Pick<Outage, 'others' | 'othersRatio'>> {
  const speeds: { alone: number[]; beside: number[] } = {
    alone: [],
    beside: [],
  };
  for (let turn = 0; turn <= ROUNDS; turn += 1) {
    for (const kind of ['alone', 'beside'] as const) {
      const speed = await endOthers({ ...options, beside: kind === 'beside' });
      if (turn > 0) {
        speeds[kind].push(speed);
      }
    }
  }
  const [alone, beside] = [median(speeds.alone), median(speeds.beside)];
  return {
    others: { alonePerSecond: round(alone), besidePerSecond: round(beside) },
    othersRatio: round(beside / alone, 3),
  };
}

async function endOthers(options: {
  server: string;
  leases: number;
  beside: boolean;
}): Promise<number> {
  const { server, leases, beside } = options;
  const site = await BenchSite.open({
    server,
    ...SIZE,
    connections: [MAIN, OTHER],
  });
  try {
    await site.fill(leases, OTHER);
    if (beside) {
      await site.fill(leases);
      site.provider.troubles.set(MAIN, 'away');
    }
    const ms = await site.endAllAtOnce({ but: beside ? leases : 0 });
    return (leases / ms) * 1_000;
  } finally {
    await site.close();
  }
}
