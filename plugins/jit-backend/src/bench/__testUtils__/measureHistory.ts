import { setTimeout as sleep } from 'node:timers/promises';
import { claimDue } from '../../database/operations/engine/claimDue';
import { Claim } from '../../database/operations/engine/Claim';
import { Ledger } from '../../database/Ledger';
import { TABLES } from '../../database/tables';
import { BenchSite } from './BenchSite';
import { spreadOf } from './figures';
import { insertHistory } from './insertHistory';
import { measureLists } from './measureLists';
import { timed } from './timed';

/** Queries beside a long history. */
export interface History {
  ended: number;
  live: number;
  claim: { idleP99Ms: number; p99Ms: number };
  list: { p95Ms: number; byList: Record<string, number> };
}

const CLAIM_MS = 10_000;
const DUE = 64;

export async function measureHistory(options: {
  server: string;
  ended: number;
  live: number;
  /** How often each query is made. */
  times: number;
}): Promise<History> {
  const { ended, live, times } = options;
  const site = await BenchSite.open({
    ...options,
    latencyMs: 0,
    inFlight: DUE,
  });
  const { ledger } = site;
  try {
    await site.fill(live);
    await insertHistory(ledger, ended);
    // What the server does by itself when so much has changed.
    await ledger.knex.raw('vacuum analyze');
    // Else that of the filling goes on under the first queries.
    await ledger.knex.raw('checkpoint');
    return {
      ended,
      live,
      claim: await measureClaims(ledger, times),
      list: await measureDraws(ledger, Math.ceil(times / 6)),
    };
  } finally {
    await site.close();
  }
}

/** The first ones are what a process that has just begun does: a backend looks that often in eight minutes. */
const WARM_UP = 1_000;
/** The same of claims that find something. */
const WARM_UP_DUE = 100;

/** One batch is due so long after the other, and the first in so long. */
const APART_MS = 50;
const BEFORE_MS = 10_000;

/** How often statistics are made anew before the lists are asked for again. */
const DRAWS = 4;

/** The slowest of each list: what PostgreSQL knows of a table is what it happened to draw, and no list may depend on that. */
async function measureDraws(
  ledger: Ledger,
  times: number,
): Promise<History['list']> {
  const slowest: Record<string, number> = {};
  for (let draw = 0; draw < DRAWS; draw += 1) {
    if (draw) {
      await ledger.knex.raw('analyze ??', [TABLES.leases]);
    }
    const byList = await measureLists(ledger, times);
    for (const [name, ms] of Object.entries(byList)) {
      slowest[name] = Math.max(slowest[name] ?? 0, ms);
    }
  }
  return { p95Ms: Math.max(...Object.values(slowest)), byList: slowest };
}

async function measureClaims(ledger: Ledger, times: number) {
  const claim = () => claimDue(ledger, { limit: DUE, claimLifeMs: CLAIM_MS });
  await timed(WARM_UP, claim);
  const idle = await timed(times, claim);
  const busy = await measureDue(ledger, {
    rounds: WARM_UP_DUE + times,
    claim,
  });
  return {
    idleP99Ms: spreadOf(idle).p99,
    p99Ms: spreadOf(busy.slice(WARM_UP_DUE)).p99,
  };
}

/** Lets some fall due again and again, each of them once, as leases do; and claims them. What is claimed is over with. */
async function measureDue(
  { knex, clock }: Ledger,
  options: {
    rounds: number;
    claim(): Promise<{ claimed: Array<{ claim: Claim }> }>;
  },
): Promise<number[]> {
  const { rounds, claim } = options;
  const entitlements = knex(TABLES.entitlements);
  const some = knex(TABLES.entitlements)
    .select('id', knex.raw('(row_number() over () - 1) / ? as round', [DUE]))
    .limit(rounds * DUE);
  const first = (await clock.now(knex)) + BEFORE_MS;
  const dueAt = knex.raw('? + due.round * ?', [first, APART_MS]);
  await knex.raw('? from ? as due where due.id = ??', [
    entitlements.clone().update({ next_at: dueAt, turn_at: dueAt }),
    some,
    `${TABLES.entitlements}.id`,
  ]);
  await knex.raw('vacuum analyze ??', [TABLES.entitlements]);
  await knex.raw('checkpoint');
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await sleep(Math.max(0, first + round * APART_MS - Date.now()));
    const begun = performance.now();
    const { claimed } = await claim();
    taken.push(performance.now() - begun);
    if (claimed.length !== DUE) {
      throw new Error(`${claimed.length} were claimed in place of ${DUE}`);
    }
    const ids = claimed.map(each => each.claim.entitlementId);
    await entitlements.clone().whereIn('id', ids).delete();
  }
  return taken;
}
