import { Logger, run, Runner } from 'graphile-worker';
import { TABLES } from '../../database/tables';
import { BenchSite, Dispatcher } from './BenchSite';
import { Hands } from './createHands';

/** As fast as its own measurements: the default is 2 seconds. */
const POLL_MS = 100;

/** A job queue on PostgreSQL: one job for each thing, so many at once. */
export function graphileWorker(
  site: BenchSite,
  take: Hands,
  options: { inFlight: number },
): Dispatcher {
  const { knex } = site.ledger;
  let runner: Runner | undefined;
  return {
    async start(dueAt) {
      runner = await run({
        connectionString: site.database,
        concurrency: options.inFlight,
        maxPoolSize: options.inFlight,
        pollInterval: POLL_MS,
        noHandleSignals: true,
        // It would tell of each job.
        logger: new Logger(() => () => {}),
        taskList: {
          end: async payload => take((payload as { id: string }).id),
        },
      });
      await knex.raw(
        `select graphile_worker.add_job('end', json_build_object('id', id), run_at := to_timestamp(?)) from ??`,
        [dueAt / 1_000, TABLES.entitlements],
      );
    },
    async stop() {
      await runner?.stop();
    },
  };
}
