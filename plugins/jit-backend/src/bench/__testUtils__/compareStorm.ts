import { TABLES } from '../../database/tables';
import { BenchSite, Dispatcher } from './BenchSite';
import { createHands, Hands } from './createHands';
import { round } from './figures';
import { graphileWorker } from './graphileWorker';
import { schedulerLoop } from './schedulerLoop';

/** How many times as fast as what others would use, in the same run. */
export interface Comparison {
  schedulerPerSecond: number;
  ratioToScheduler: number;
  graphileWorkerPerSecond: number;
  ratioToGraphileWorker: number;
}

/** So long a dispatcher has to make its jobs before they are due. */
const PREPARES_MS = 5_000;

/** The same calls with the same writes between them, dispatched by others. */
export async function compareStorm(options: {
  server: string;
  latencyMs: number;
  inFlight: number;
  leases: number;
  /** Fewer for the loop, which takes them one by one: its speed is that from its first call on. */
  oneByOne: number;
  /** Of the engine. */
  perSecond: number;
}): Promise<Comparison> {
  const { leases, oneByOne, perSecond, inFlight } = options;
  const scheduler = await speedOf(
    { ...options, leases: oneByOne },
    schedulerLoop,
  );
  const worker = await speedOf({ ...options, leases }, (site, take) =>
    graphileWorker(site, take, { inFlight }),
  );
  return {
    schedulerPerSecond: round(scheduler, 1),
    ratioToScheduler: round(perSecond / scheduler, 2),
    graphileWorkerPerSecond: round(worker, 1),
    ratioToGraphileWorker: round(perSecond / worker, 2),
  };
}

/** From the first call that is out to the last that is verified absent. */
async function speedOf(
  options: {
    server: string;
    latencyMs: number;
    inFlight: number;
    leases: number;
  },
  dispatcher: (site: BenchSite, take: Hands) => Dispatcher,
): Promise<number> {
  const site = await BenchSite.open(options);
  try {
    await site.fill(options.leases);
    const by = dispatcher(site, await createHands(site));
    await site.endAllAtOnce({ but: 0, by, inMs: PREPARES_MS });
    const [{ last }] = await site.ledger
      .knex(TABLES.leases)
      .max({ last: 'verified_at' });
    const first = Math.min(...site.provider.firstRevokedAt.values());
    return (options.leases / (Number(last) - first)) * 1_000;
  } finally {
    await site.close();
  }
}
