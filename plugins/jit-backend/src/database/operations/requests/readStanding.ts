import { Knex } from 'knex';
import { Instant } from '../../../leases/records';
import { LimitCounts } from '../../../policy';
import { Row } from '../../columns';
import { Ledger } from '../../Ledger';
import { prepared } from '../../prepared';
import { TABLES } from '../../tables';
import { liveCounts } from '../leases/countLive';
import { openStop, stopIn, Stoppable } from '../stops/openStopFor';
import { StopRecord } from '../stops/StopRecord';

/** What is in the ledger already when one more lease is asked for. */
export interface Standing {
  now: Instant;
  /** How many requests of the requester still wait: for a decision, or for their start. */
  openRequests: number;
  /** Zero when they are not asked for. */
  counts: LimitCounts;
  stop?: StopRecord;
}

/**
 * Reads in one statement all that may stand against a lease. Stays true only under the locks that `takeLocks` gives, taken by a statement before.
 *
 * @param options - `counted`: whether its profile has limits, so that what is live is counted
 */
export async function readStanding(
  { knex, clock }: Ledger,
  options: { requester: string; lease: Stoppable; counted: boolean },
): Promise<Standing> {
  const { requester, lease, counted } = options;
  const live = counted
    ? liveCounts(knex, lease)
    : knex.select(knex.raw('0 as of_profile'), knex.raw('0 as of_subject'));
  const [row] = await prepared<Row>(
    knex,
    knex
      .select('live.*', 'stop.*', {
        now: clock.sql(knex),
        open_requests: openRequests(knex, requester),
      })
      .from(live.as('live'))
      .leftJoin(openStop(knex, lease).as('stop'), knex.raw('1 = 1')),
  );
  return {
    now: Number(row.now),
    openRequests: Number(row.open_requests),
    counts: {
      ofProfile: Number(row.of_profile),
      ofSubject: Number(row.of_subject),
    },
    stop: stopIn(row),
  };
}

function openRequests(knex: Knex, requester: string): Knex.QueryBuilder {
  return knex(TABLES.leases)
    .where('requester', requester)
    .whereIn('state', ['requested', 'approved'])
    .countDistinct('request_id');
}
