import { setTimeout as sleep } from 'node:timers/promises';
import { PEOPLE } from '../../crash/__testUtils__/crew';
import { Site } from '../../crash/__testUtils__/Site';
import { TABLES } from '../../database/tables';
import { spreadOf } from './figures';

/** From a request that leaves its caller until what it asks for is usable. */
export interface Requests {
  requests: number;
  apartMs: number;
  p50Ms: number;
  p99Ms: number;
}

/** The first ones load and compile what all of them need. */
const WARM_UP = 20;

/** A whole backend, called over HTTP, with a provider in it that answers at once: granted at once by rule. */
export async function measureRequests(options: {
  server: string;
  requests: number;
  apartMs: number;
}): Promise<Requests> {
  const { server, requests, apartMs } = options;
  // Where the processes of the crash tests look for it.
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING = server;
  // A line would pass each statement on in this process, on the same cores.
  const site = await Site.open({
    ledger: 'postgres',
    direct: true,
    engine: {},
  });
  try {
    // Nothing but the backend is measured: a world behind HTTP would take more of the processor than it does.
    const backend = await site.start({ config: { worldUrl: undefined } });
    const sentAt = new Map<string, number>();
    const ask = async (person: string) => {
      const { api, token } = backend.as(person);
      const now = Date.now();
      const { leases } = await api.createRequest(
        { leases: [{ profileId: 'access', duration: '1h' }] },
        { token },
      );
      sentAt.set(leases[0].id, now);
    };
    for (let n = 0; n < WARM_UP; n += 1) {
      await ask(PEOPLE[n % PEOPLE.length]);
    }
    sentAt.clear();
    const asked: Array<Promise<void>> = [];
    for (let n = 0; n < requests; n += 1) {
      asked.push(ask(PEOPLE[n % PEOPLE.length]));
      await sleep(apartMs);
    }
    await Promise.all(asked);
    const { knex } = site.ledger.ledger;
    const read = async () => {
      const rows: Array<{ id: string; granted_at: string | null }> = await knex(
        TABLES.leases,
      ).whereIn('id', [...sentAt.keys()]);
      return rows.flatMap(({ id, granted_at: at }) =>
        at === null ? [] : Number(at) - sentAt.get(id)!,
      );
    };
    let taken = await read();
    while (taken.length < requests) {
      await sleep(100);
      taken = await read();
    }
    const { p50, p99 } = spreadOf(taken);
    return { requests, apartMs, p50Ms: p50, p99Ms: p99 };
  } finally {
    await site.close();
  }
}
