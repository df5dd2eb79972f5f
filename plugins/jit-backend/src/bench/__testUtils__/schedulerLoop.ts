import { TABLES } from '../../database/tables';
import { BenchSite, Dispatcher } from './BenchSite';
import { Hands } from './createHands';

const EVERY_MS = 5_000;

/** What a plain scheduled task does: every 5 seconds, whatever is due, one by one. */
export function schedulerLoop(site: BenchSite, take: Hands): Dispatcher {
  const { knex, clock } = site.ledger;
  let timer: NodeJS.Timeout | undefined;
  let working = false;
  const run = async () => {
    if (working) {
      return;
    }
    working = true;
    const due: string[] = await knex(TABLES.entitlements)
      .where('next_at', '<=', clock.sql(knex))
      .orderBy('next_at')
      .pluck('id');
    for (const id of due) {
      await take(id);
    }
    working = false;
  };
  return {
    async start() {
      timer = setInterval(run, EVERY_MS);
    },
    async stop() {
      clearInterval(timer);
    },
  };
}
